import { z } from 'zod';
import { db } from '@/lib/db/client';
import { isDataException } from '@/lib/db/data-exception';
import { Prisma } from '@/lib/db/generated/client';
import { readRows } from '@/lib/db/read-rows';
import type { Actor } from '@/lib/domain/actor';
import type { ReviewState } from '@/lib/domain/review';
import { COUNT_CAP, type SearchFilter, type SearchQuery, type SearchSort } from '@/lib/domain/search-query';
import { allOf, searchConditions } from './search-conditions';
import { type Cursor, noSuchPlace, readCursor, writeCursor } from './search-cursor';
import { orderOf, SORT_KEYS } from './search-sort';
import { countTagged, taggedPage } from './search-tags';
import { SYNCED_AT } from './sync-status';

const { sql, raw, join } = Prisma;

const BRANCHES_MAX = 12;

/** A record found: its JSON as it came, and what is known of it here. Times in milliseconds since 1970. */
export interface FoundRecord {
  id: number;
  raw: string;
  state: string;
  reviewer: { id: string; name: string } | null;
  decidedAt: number | null;
  assignee: { id: string; name: string } | null;
  missing: boolean;
}

export interface FoundPage {
  records: FoundRecord[];
  nextCursor: string | null;
  previousCursor: string | null;
  syncedAt: number | null;
}

const foundRow = z.object({
  id: z.string(),
  keys: z.string().array(),
  raw: z.string(),
  state: z.string(),
  reviewerId: z.string().nullable(),
  reviewerName: z.string().nullable(),
  decidedAt: z.date().nullable(),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  missing: z.boolean(),
  syncedAt: z.date().nullable(),
});
type FoundRow = z.infer<typeof foundRow>;

/** A row of the answer; of a page without records there is one all the same, which tells `syncedAt` alone. */
const row = z.union([foundRow, z.object({ id: z.null(), syncedAt: z.date().nullable() })]);
const isFound = (one: z.infer<typeof row>): one is FoundRow => one.id !== null;

const countRow = z.object({ count: z.coerce.number() });

/**
 * One page of the index, read by keyset: however deep it lies it costs the same, and what comes or goes meanwhile neither repeats
 * nor hides another row. Throws a Refusal `bad-request` for a cursor of another list.
 */
export async function searchRecords(actor: Actor, query: SearchQuery): Promise<FoundPage> {
  const { sortBy, limit } = query;
  const cursor = query.cursor === null ? null : readCursor(query.cursor, sortBy);
  const backwards = cursor?.backwards ?? false;
  const descending = (query.direction === 'desc') !== backwards;
  const names = keyNames(sortBy);
  const page = pageOfIds(actor, query, { descending, limit: limit + 1, cursor });
  // Everything in one statement: each further one would cost as much as finding the page does.
  const answered = await readRows(
    row,
    sql`
    WITH page AS MATERIALIZED (${page}), shown AS MATERIALIZED (
      SELECT page.*, found.raw, found.state, found.missing, found.reviewer_id, found.reviewer_name, found.decided_at, found.assignee_id,
        found.assignee_name
      FROM page JOIN console.found_records(ARRAY(SELECT id FROM page)) found ON found.id = page.id)
    SELECT shown.id, ARRAY[${raw(names.map((name) => `shown.${name}::text`).join(', '))}] AS keys, shown.raw, shown.state, shown.missing,
      shown.reviewer_id AS "reviewerId", shown.reviewer_name AS "reviewerName", shown.decided_at AS "decidedAt",
      shown.assignee_id AS "assigneeId", shown.assignee_name AS "assigneeName", followed.synced_at AS "syncedAt"
    FROM (SELECT ${raw(SYNCED_AT)} AS synced_at) followed LEFT JOIN shown ON true
    ORDER BY ${raw(ordered(names, descending))}`,
  ).catch((failure: unknown) => {
    // Nobody but the writer of the cursor chose these values: this one was not written here.
    throw cursor && isDataException(failure) ? noSuchPlace() : failure;
  });
  const rows = answered.filter(isFound);
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (backwards) shown.reverse();
  const place = (row: FoundRow | undefined, back: boolean) =>
    row ? writeCursor({ sortBy, keys: row.keys, id: Number(row.id), backwards: back }) : null;
  return {
    records: shown.map(foundRecord),
    nextCursor: backwards || more ? place(shown.at(-1), false) : null,
    previousCursor: cursor !== null && (!backwards || more) ? place(shown[0], true) : null,
    syncedAt: answered[0]?.syncedAt?.getTime() ?? null,
  };
}

/** How many match, at most `COUNT_CAP` unless the exact number is asked for; `capped` when there may be more. */
export async function countMatches(
  actor: Actor,
  filter: SearchFilter,
  { exact = false } = {},
): Promise<{ value: number; capped: boolean }> {
  const tagged = await countTagged(actor, filter, COUNT_CAP, exact);
  if (tagged) return tagged;
  const where = allOf(searchConditions(filter, actor.id));
  const cap = exact ? raw('') : sql`LIMIT ${COUNT_CAP + 1}`;
  const counting = sql`SELECT count(*) AS count FROM (SELECT FROM console.record r WHERE ${where} ${cap}) found`;
  const [counted] = await readRows(countRow, counting);
  const value = counted?.count ?? 0;
  return exact ? { value, capped: false } : { value: Math.min(value, COUNT_CAP), capped: value > COUNT_CAP };
}

/** The numbers of the records that match now, in the query's order, at most `limit`: pinned, for acts that outlast the list. */
export async function idsMatching(actor: Actor, query: SearchQuery, limit: number): Promise<number[]> {
  const page = pageOfIds(actor, query, { descending: query.direction === 'desc', limit, cursor: null });
  return (await db().$queryRaw<{ id: bigint }[]>(page)).map(({ id }) => Number(id));
}

interface PageOfIds {
  descending: boolean;
  limit: number;
  cursor: Cursor | null;
}

/** What the parts of a page's sort key are called in its statement. */
const keyNames = (sortBy: SearchSort) => SORT_KEYS[sortBy].map((_, index) => `key_${index}`);

const ordered = (names: string[], descending: boolean) =>
  [...names, 'id'].map((name) => `${name} ${descending ? 'DESC' : 'ASC'}`).join(', ');

/** The page's numbers and sort keys as a statement, in its order. */
function pageOfIds(actor: Actor, query: SearchQuery, page: PageOfIds): Prisma.Sql {
  const { descending, limit, cursor } = page;
  const byTag = taggedPage(actor, query, page);
  if (byTag) return byTag;
  const names = keyNames(query.sortBy);
  const keys = SORT_KEYS[query.sortBy].map(({ key }, index) => `${key} AS ${names[index]}`);
  const order = raw(orderOf(query.sortBy, descending ? 'DESC' : 'ASC'));
  const branches = alternatives(query).map((one) => {
    const where = allOf([...searchConditions(one, actor.id), ...(cursor ? [beyond(cursor, descending)] : [])]);
    return sql`(SELECT r.verification_id AS id, ${raw(keys.join(', '))} FROM console.record r WHERE ${where} ORDER BY ${order} LIMIT ${limit})`;
  });
  // UNION drops what two branches both found.
  return sql`SELECT * FROM (${join(branches, ' UNION ')}) found ORDER BY ${raw(ordered(names, descending))} LIMIT ${limit}`;
}

/** The rows of `r` behind a place in the list. */
function beyond({ sortBy, keys, id }: Cursor, descending: boolean): Prisma.Sql {
  const parts = SORT_KEYS[sortBy];
  const place = parts.map(({ type }, index) => sql`${keys[index]}::${raw(type)}`);
  const row = raw([...parts.map(({ key }) => key), 'r.verification_id'].join(', '));
  return sql`(${row}) ${raw(descending ? '<' : '>')} (${join(place)}, ${id}::bigint)`;
}

/** The states `record_queue_failed` holds, the index of the failures still to be worked on. */
const WAITING: ReadonlySet<ReviewState> = new Set<ReviewState>(['OPEN', 'REOPENED', 'ESCALATED']);

/**
 * One query a state and finding named: each has an index in the list's own order, which "one or the other" would not have. Beyond
 * a dozen the common case is that most records match, and then one query is right. What an analyst asks most, the failures still
 * open, has an index of its own for all its states at once.
 */
function alternatives(query: SearchQuery): SearchQuery[] {
  const isIndexed = query.machineResult === 'NOT_VERIFIED' && query.states.every((state) => WAITING.has(state));
  const states = isIndexed || query.states.length === 0 ? [query.states] : query.states.map((state) => [state]);
  const findings = query.findings.length > 0 ? query.findings.map((kind) => [kind]) : [[]];
  if (states.length * findings.length > BRANCHES_MAX) return [query];
  return states.flatMap((state) => findings.map((finding) => ({ ...query, states: state, findings: finding })));
}

function foundRecord(row: FoundRow): FoundRecord {
  const person = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? 'unknown' });
  return {
    id: Number(row.id),
    raw: row.raw,
    state: row.state,
    reviewer: person(row.reviewerId, row.reviewerName),
    decidedAt: row.decidedAt?.getTime() ?? null,
    assignee: person(row.assigneeId, row.assigneeName),
    missing: row.missing,
  };
}
