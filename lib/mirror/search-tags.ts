import { z } from 'zod';
import { Prisma } from '@/lib/db/generated/client';
import { readRows } from '@/lib/db/read-rows';
import type { Actor } from '@/lib/domain/actor';
import type { SearchFilter, SearchQuery } from '@/lib/domain/search-query';
import { searchableTag } from '@/lib/domain/searchable-tag';
import type { Tag } from '@/lib/domain/verification';
import { allOf, searchConditions } from './search-conditions';
import type { Cursor } from './search-cursor';

const { sql, raw, join } = Prisma;

const tagCountRow = z.object({ count: z.coerce.number(), common: z.boolean() });

/** A tag on more records than this is common: looking at each of them would take too long. */
const COMMON = 250;

export interface TaggedPage {
  descending: boolean;
  limit: number;
  cursor: Cursor | null;
}

/**
 * A page under tags, sorted by time, as a statement that answers `id` and `key_0`: read along the rarest tag's own order, so that
 * neither a tag on half of all records nor one on three costs more than the page. Null when this does not apply and the ordinary
 * way is right.
 */
export function taggedPage(actor: Actor, query: SearchQuery, { descending, limit, cursor }: TaggedPage): Prisma.Sql | null {
  const tags = query.tags.map(searchableTag);
  const [only] = tags;
  if (!only || query.sortBy !== 'receivedAt') return null;
  const rest = searchConditions({ ...query, tags: [] }, actor.id);
  const order = raw(descending ? 'DESC' : 'ASC');
  const key = raw(`coalesce(t.received_at, '-infinity'::timestamptz)`);
  const beyond = cursor
    ? [sql`(${key}, t.verification_id) ${raw(descending ? '<' : '>')} (${cursor.keys[0]}::timestamptz, ${cursor.id}::bigint)`]
    : [];
  // LIMIT keeps the planner from turning this into a join over all records of the other tag. The rarest needs no look: it is read along.
  const others = tags.map(
    ({ name, value }, index) => sql`CROSS JOIN LATERAL (
      SELECT WHERE (SELECT place FROM rarest) = ${index}::int
      UNION ALL SELECT FROM console.record_tag o WHERE o.name = ${name} AND o.value = ${value} AND o.verification_id = t.verification_id
      LIMIT 1) ${raw(`other_${index}`)}`,
  );
  const joins = [
    ...(tags.length > 1 ? others : []),
    ...(rest.length > 0 ? [raw('JOIN console.record r ON r.verification_id = t.verification_id')] : []),
  ];
  const along = tags.length > 1 ? RAREST : sql`t.name = ${only.name} AND t.value = ${only.value}`;
  return sql`${tags.length > 1 ? rarestOf(tags) : raw('')}
    SELECT t.verification_id AS id, ${key} AS key_0 FROM console.record_tag t ${joins.length > 0 ? join(joins, ' ') : raw('')}
     WHERE ${allOf([along, ...beyond, ...rest])} ORDER BY ${key} ${order}, t.verification_id ${order} LIMIT ${limit}`;
}

/**
 * How many match a filter with tags; null for one without. When anything is asked besides one tag, at most 250 records of the
 * rarest are looked at unless `exact`: the number is then "at least", like one beyond the cap.
 */
export async function countTagged(
  actor: Actor,
  filter: SearchFilter,
  cap: number,
  exact: boolean,
): Promise<{ value: number; capped: boolean } | null> {
  const tags = filter.tags.map(searchableTag);
  const [only] = tags;
  if (!only) return null;
  const rest = searchConditions({ ...filter, tags: [] }, actor.id);
  const narrows = tags.length > 1 || rest.length > 0;
  const most = exact ? raw('') : sql`LIMIT ${narrows ? COMMON : cap + 1}`;
  const along = narrows ? RAREST : sql`t.name = ${only.name} AND t.value = ${only.value}`;
  const candidates = sql`SELECT t.verification_id FROM console.record_tag t WHERE ${along} ${most}`;
  const sifted = tags.length > 1 ? sql`SELECT few.verification_id FROM (${candidates}) few WHERE ${carriesAll(tags)}` : candidates;
  const found =
    rest.length > 0 ? sql`SELECT FROM console.record r WHERE r.verification_id = ANY(ARRAY(${sifted})) AND ${allOf(rest)}` : sifted;
  const counting = sql`${narrows ? rarestOf(tags) : raw('')}
    SELECT count(*) AS count, ${narrows ? sql`(SELECT count FROM rarest) = ${COMMON}` : raw('false')} AS common FROM (${found}) found`;
  const [counted] = await readRows(tagCountRow, counting);
  const value = counted?.count ?? 0;
  return { value: exact ? value : Math.min(value, cap), capped: !exact && (value > cap || counted?.common === true) };
}

/** Picks the rows of `t`, of `console.record_tag`, that are of the tag `rarestOf` found. */
const RAREST = raw('t.name = (SELECT name FROM rarest) AND t.value = (SELECT value FROM rarest)');

// The tags are rows, not constants: for each constant the planner reads its statistics of tags, which takes longer than the search.
function carriesAll(tags: readonly Tag[]): Prisma.Sql {
  const given = tags.map(({ name, value }) => sql`(${name}::text, ${value}::text)`);
  return sql`NOT EXISTS (SELECT FROM (VALUES ${join(given)}) AS tag(name, value) WHERE NOT EXISTS (SELECT FROM console.record_tag o
    WHERE o.verification_id = few.verification_id AND o.name = tag.name AND o.value = tag.value))`;
}

// Counting stops where a tag turns out common, so that looking takes a fraction of a millisecond.
function rarestOf(tags: readonly Tag[]): Prisma.Sql {
  const given = tags.map(({ name, value }, index) => sql`(${index}::int, ${name}::text, ${value}::text)`);
  return sql`WITH rarest AS MATERIALIZED (
    SELECT place, name, value, (SELECT count(*)::int FROM (
        SELECT FROM console.record_tag t WHERE t.name = tag.name AND t.value = tag.value LIMIT ${COMMON}) few) AS count
      FROM (VALUES ${join(given)}) AS tag(place, name, value) ORDER BY count LIMIT 1)`;
}
