import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { SearchQuery } from '@/lib/domain/search-query';
import { searchRecords } from './search';
import { writeCursor } from './search-cursor';
import { keysOf } from './search-sort';

const { raw } = Prisma;

/** Who comes before and after a record; the place in the list is unknown, for nobody counts the rows before it. */
export interface IndexNeighbours {
  previous: { id: number; offset: 0 } | null;
  next: { id: number; offset: 0 } | null;
  position: null;
  total: null;
}

/**
 * Who comes before and after a record in a search of the index, also once the record itself no longer matches: whoever decided an
 * open case goes on to the next open one. Both null for a record the index does not know.
 */
export async function indexNeighbours(actor: Actor, query: SearchQuery, id: number): Promise<IndexNeighbours> {
  const { sortBy } = query;
  const [row] = await db().$queryRaw<{ keys: string[] }[]>`
    SELECT ${raw(keysOf(sortBy))} AS keys FROM console.record r WHERE r.verification_id = ${BigInt(id)}`;
  const beside = async (backwards: boolean) => {
    if (!row) return null;
    const cursor = writeCursor({ sortBy, keys: row.keys, id, backwards });
    const { records } = await searchRecords(actor, { ...query, cursor, limit: 1 });
    const found = records[0];
    return found ? { id: found.id, offset: 0 as const } : null;
  };
  const [previous, next] = await Promise.all([beside(true), beside(false)]);
  return { previous, next, position: null, total: null };
}
