import { z } from 'zod';
import type { WireSortField } from '@/lib/wire/list';
import type { WireTag } from '@/lib/wire/record';
import type { Store } from './open-store';
import { SORT_COLUMNS } from './sort-columns';

export interface ListQuery {
  limit: number;
  offset: number;
  sortBy: WireSortField;
  direction: 'asc' | 'desc';
  tag: WireTag | null;
}

/** One page: how many records match in all, how many are on the page, and those as JSON texts joined by commas. */
export interface Page {
  total: number;
  count: number;
  records: string;
}

const row = z.object({ total: z.coerce.number(), count: z.coerce.number(), records: z.string() });

/**
 * One page of the records, all or those with a tag, in a total order: by the sort column, ties by id in the same direction.
 * Page and total come from one statement, so they agree with each other.
 */
export async function listVerifications(store: Store, query: ListQuery): Promise<Page> {
  const { rows } = await store.query(
    query.tag === null ? all(query) : tagged(query),
    query.tag === null ? [] : [query.tag.name, query.tag.value],
  );
  return row.parse(rows[0]);
}

function all(query: ListQuery): string {
  return page('engine.verification', '', query, 'SELECT total FROM engine.verification_total');
}

function tagged(query: ListQuery): string {
  const id = 'SELECT tag_id FROM engine.tag WHERE name = $1 AND value = $2';
  const total = 'SELECT COALESCE((SELECT total FROM engine.tag WHERE name = $1 AND value = $2), 0)';
  return page('engine.verification_tag', `WHERE tag_id = (${id})`, query, total);
}

// The page of ids is read from an index alone and only then are its records fetched: a deep page skips index entries, not records.
// Limit and offset are whole numbers by type and by validation; as literals they let the planner see how small the page is.
function page(table: string, where: string, { sortBy, direction, limit, offset }: ListQuery, total: string): string {
  const column = SORT_COLUMNS[sortBy];
  const order = [...new Set([column, 'verification_id'])].map((name) => `${name} ${direction}`).join(', ');
  return `
    WITH page AS MATERIALIZED (
      SELECT verification_id FROM ${table} ${where} ORDER BY ${order} LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}
    )
    SELECT (${total}) AS total, count(*) AS count, COALESCE(string_agg(record, ',' ORDER BY ${order}), '') AS records
      FROM page JOIN engine.verification USING (verification_id)`;
}
