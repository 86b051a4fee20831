import { z } from 'zod';
import { Refusal } from '@/lib/domain/refusal';
import { SEARCH_SORTS, type SearchSort } from '@/lib/domain/search-query';
import { SORT_KEYS } from './search-sort';

/** A place in a list: the sort keys (as PostgreSQL writes them) and number of a row, and which way to go from there. */
export interface Cursor {
  sortBy: SearchSort;
  keys: string[];
  id: number;
  backwards: boolean;
}

const written = z.tuple([z.enum(SEARCH_SORTS), z.array(z.string().max(4000)), z.number().int(), z.union([z.literal(0), z.literal(1)])]);

/** The cursor as text that fits an address. */
export function writeCursor({ sortBy, keys, id, backwards }: Cursor): string {
  return Buffer.from(JSON.stringify([sortBy, keys, id, backwards ? 1 : 0])).toString('base64url');
}

/** Throws a Refusal `bad-request` for what `writeCursor` did not write, or wrote for another order. */
export function readCursor(text: string, sortBy: SearchSort): Cursor {
  try {
    const [sort, keys, id, backwards] = written.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (sort === sortBy && keys.length === SORT_KEYS[sort].length) return { sortBy: sort, keys, id, backwards: backwards === 1 };
  } catch {
    // Refused below.
  }
  throw noSuchPlace();
}

/** The refusal of a cursor that leads nowhere. */
export const noSuchPlace = () =>
  new Refusal('bad-request', 'This place in the list does not exist. Begin again at the first page.', { field: 'cursor' });
