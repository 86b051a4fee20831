import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { SearchQuery } from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { allOf, searchConditions } from './search-conditions';

const { sql, raw, join } = Prisma;

/** A tag on more records than this is common: looking at each of them would take too long. */
const COMMON = 3_000;

export interface TaggedPage {
  descending: boolean;
  limit: number;
  cursor: { key: string; id: number } | null;
}

/**
 * A page under tags, sorted by time: read along the rarest tag's own order, so that neither a tag on half of all records nor one
 * on three costs more than the page. Null when this does not apply and the ordinary way is right.
 */
export async function tagged(actor: Actor, query: SearchQuery, { descending, limit, cursor }: TaggedPage): Promise<bigint[] | null> {
  if (query.tags.length === 0 || query.sortBy !== 'receivedAt') return null;
  const rarest = await rarestOf(query.tags);
  const rest = searchConditions({ ...query, tags: query.tags.filter((tag) => tag !== rarest) }, actor.id);
  const order = raw(descending ? 'DESC' : 'ASC');
  const key = raw(`coalesce(t.received_at, '-infinity'::timestamptz)`);
  const beyond = cursor
    ? sql` AND (${key}, t.verification_id) ${raw(descending ? '<' : '>')} (${cursor.key}::timestamptz, ${cursor.id}::bigint)`
    : raw('');
  const joined = rest.length > 0 ? sql`JOIN console.record r ON r.verification_id = t.verification_id` : raw('');
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT t.verification_id AS id FROM console.record_tag t ${joined}
    WHERE t.name = ${rarest.name} AND t.value = ${rarest.value}${beyond} AND ${allOf(rest)}
    ORDER BY ${key} ${order}, t.verification_id ${order} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

// Counting stops where a tag turns out common, so a probe costs a millisecond at most.
async function rarestOf(tags: readonly Tag[]): Promise<Tag> {
  const [first, ...others] = tags;
  if (!first) throw new Error('There is no tag to look for.');
  if (others.length === 0) return first;
  const probes = tags.map(
    ({ name, value }, index) => sql`SELECT ${index}::int AS place, (SELECT count(*) FROM (
      SELECT FROM console.record_tag t WHERE t.name = ${name} AND t.value = ${value} LIMIT ${COMMON}) few) AS count`,
  );
  const [least] = await db().$queryRaw<
    { place: number }[]
  >`SELECT place FROM (${join(probes, ' UNION ALL ')}) probes ORDER BY count LIMIT 1`;
  return tags[least?.place ?? 0] ?? first;
}
