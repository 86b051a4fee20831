import type { GridQuery } from '@/lib/domain/grid-query';
import { listEntries } from './list-records';

/** A record beside another; `offset` is that of the page it is found on. */
export interface Neighbour {
  id: number;
  offset: number;
}

export interface Neighbours {
  previous: Neighbour | null;
  next: Neighbour | null;
  /** Place in the whole list from 1, null when the record is no longer on the page the query names. */
  position: number | null;
  total: number;
}

interface Page {
  /** Null for an entry that is no record. */
  ids: (number | null)[];
  total: number;
}

/**
 * Who comes before and after a record in the grid's order: reads the page at the query's offset, and one further record
 * where the neighbour lies beyond its edge. Throws a Refusal `upstream-*`.
 */
export async function neighboursOf(query: GridQuery, id: number, signal?: AbortSignal): Promise<Neighbours> {
  const page = await idsOf(query, signal);
  const at = page.ids.indexOf(id);
  if (at < 0) return { previous: null, next: null, position: null, total: page.total };
  const alone = async (offset: number, pageOffset: number): Promise<Neighbour | null> => {
    const found = (await idsOf({ ...query, offset, limit: 1 }, signal)).ids[0] ?? null;
    return found === null ? null : { id: found, offset: pageOffset };
  };
  const here = (found: number | null | undefined): Neighbour | null => (found == null ? null : { id: found, offset: query.offset });
  const before = here(page.ids.slice(0, at).findLast((each) => each !== null));
  const after = here(page.ids.slice(at + 1).find((each) => each !== null));
  const afterEdge = query.offset + page.ids.length;
  const [previous, next] = await Promise.all([
    before ?? (query.offset > 0 ? alone(query.offset - 1, Math.max(0, query.offset - query.limit)) : null),
    after ?? (afterEdge < page.total ? alone(afterEdge, query.offset + query.limit) : null),
  ]);
  return { previous, next, position: query.offset + at + 1, total: page.total };
}

async function idsOf(query: GridQuery, signal: AbortSignal | undefined): Promise<Page> {
  const { entries, total } = await listEntries(query, ({ id }) => id, signal);
  return { ids: entries, total };
}
