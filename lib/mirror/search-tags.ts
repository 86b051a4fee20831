import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { SearchFilter, SearchQuery } from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { indexedTag } from './indexed-text';
import { allOf, searchConditions } from './search-conditions';

const { sql, raw, join } = Prisma;

/** A tag on more records than this is common: looking at each of them would take too long. */
const COMMON = 500;

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
  const source = query.sortBy === 'receivedAt' ? await sourceOf(actor, query, false) : null;
  if (!source) return null;
  const order = raw(descending ? 'DESC' : 'ASC');
  const key = raw(`coalesce(t.received_at, '-infinity'::timestamptz)`);
  const beyond = cursor
    ? sql` AND (${key}, t.verification_id) ${raw(descending ? '<' : '>')} (${cursor.key}::timestamptz, ${cursor.id}::bigint)`
    : raw('');
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT t.verification_id AS id FROM console.record_tag t ${source.joins} WHERE ${source.rarest}${beyond} AND ${source.rest}
    ORDER BY ${key} ${order}, t.verification_id ${order} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/**
 * How many match a filter with tags; null for one without. With several tags at most 500 records of the rarest are looked at
 * unless `exact`: the number is then "at least", like one beyond the cap.
 */
export async function countTagged(
  actor: Actor,
  filter: SearchFilter,
  cap: number,
  exact: boolean,
): Promise<{ value: number; capped: boolean } | null> {
  const source = await sourceOf(actor, filter, true);
  if (!source) return null;
  const few = !exact && source.narrows && source.common;
  const candidates = few
    ? sql`(SELECT t.name, t.value, t.verification_id FROM console.record_tag t WHERE ${source.rarest} LIMIT ${COMMON})`
    : raw('console.record_tag');
  const limit = exact ? raw('') : sql`LIMIT ${cap + 1}`;
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM (SELECT FROM ${candidates} t ${source.joins} WHERE ${source.rarest} AND ${source.rest} ${limit}) found`;
  const value = Number(row?.count ?? 0);
  return { value: exact ? value : Math.min(value, cap), capped: !exact && (value > cap || few) };
}

interface Source {
  /** Picks the rarest tag's rows of `t`. */
  rarest: Prisma.Sql;
  /** The other tags and, where anything else is asked, the record, joined to `t`. */
  joins: Prisma.Sql;
  rest: Prisma.Sql;
  /** Whether anything is asked besides the rarest tag. */
  narrows: boolean;
  /** Whether even the rarest is on many records. */
  common: boolean;
}

async function sourceOf(actor: Actor, filter: SearchFilter, counting: boolean): Promise<Source | null> {
  const tags = filter.tags.map(indexedTag);
  const [only] = tags;
  if (!only) return null;
  const rest = searchConditions({ ...filter, tags: [] }, actor.id);
  // One tag is the rarest of one; how common it is matters only where its records are looked at one by one.
  const needsProbe = tags.length > 1 || (counting && rest.length > 0);
  const { tag: rarest, common } = needsProbe ? await rarestOf(tags) : { tag: only, common: false };
  const others = tags.filter((tag) => tag !== rarest);
  // LIMIT keeps the planner from turning this into a join over all records of the other tag.
  const lateral = others.map(
    ({ name, value }, index) => sql`CROSS JOIN LATERAL (SELECT FROM console.record_tag o
      WHERE o.name = ${name} AND o.value = ${value} AND o.verification_id = t.verification_id LIMIT 1) ${raw(`other_${index}`)}`,
  );
  const record = rest.length > 0 ? [raw('JOIN console.record r ON r.verification_id = t.verification_id')] : [];
  const joins = [...lateral, ...record];
  return {
    rarest: sql`t.name = ${rarest.name} AND t.value = ${rarest.value}`,
    joins: joins.length > 0 ? join(joins, ' ') : raw(''),
    rest: allOf(rest),
    narrows: joins.length > 0,
    common,
  };
}

// Counting stops where a tag turns out common, so a probe costs a millisecond at most.
async function rarestOf(tags: readonly Tag[]): Promise<{ tag: Tag; common: boolean }> {
  const probes = tags.map(
    ({ name, value }, index) => sql`SELECT ${index}::int AS place, (SELECT count(*)::int FROM (
      SELECT FROM console.record_tag t WHERE t.name = ${name} AND t.value = ${value} LIMIT ${COMMON}) few) AS count`,
  );
  const [least] = await db().$queryRaw<{ place: number; count: number }[]>`
    SELECT place, count FROM (${join(probes, ' UNION ALL ')}) probes ORDER BY count LIMIT 1`;
  const tag = tags[least?.place ?? 0];
  if (!tag || !least) throw new Error('There is no tag to look for.');
  return { tag, common: least.count === COMMON };
}
