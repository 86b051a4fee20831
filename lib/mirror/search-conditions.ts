import { Prisma } from '@/lib/db/generated/client';
import { type DaySpan, momentsOf } from '@/lib/domain/day-span';
import type { ReviewState } from '@/lib/domain/review';
import type { SearchFilter, Span } from '@/lib/domain/search-query';
import { searchableTag } from '@/lib/domain/searchable-tag';
import { calendarNow } from '@/lib/env';

const { sql, raw, join } = Prisma;

/**
 * What a filter asks of `r`, a row of console.record, one condition a part, all of them to hold. `me` is whoever asks. Every
 * value is a parameter, but the findings and the verdict: those come from closed lists and stand as constants, so that the
 * planner can use the indexes that hold only their records.
 */
export function searchConditions(filter: SearchFilter, me: string): Prisma.Sql[] {
  const { machineResult, states, findings, received, similarity, confidence, tags, text, modelVersion, reviewer, assignee, missing } =
    filter;
  return [
    ...(machineResult ? [raw(`r.machine_result = '${machineResult}'`)] : []),
    ...(states.length > 0 ? [anyState(states)] : []),
    ...(findings.length > 0 ? [raw(`(${findings.map((kind) => `r.findings @> ARRAY['${kind}']`).join(' OR ')})`)] : []),
    ...during(raw(`coalesce(r.received_at, '-infinity'::timestamptz)`), received),
    ...within(raw(`coalesce(r.similarity, '-infinity'::real)`), similarity, (value) => sql`${value}::real`),
    ...within(raw(`coalesce(r.confidence, '-infinity'::real)`), confidence, (value) => sql`${value}::real`),
    ...tags.map(searchableTag).map(
      ({ name, value }) => sql`EXISTS (SELECT FROM console.record_tag t
        WHERE t.name = ${name} AND t.value = ${value} AND t.verification_id = r.verification_id)`,
    ),
    ...(text === '' ? [] : named(text.toLowerCase())),
    ...(modelVersion === null ? [] : [sql`coalesce(r.model_version, '') = ${modelVersion}`]),
    ...(reviewer === null ? [] : [sql`r.reviewer_id = ${reviewer === 'me' ? me : reviewer}::uuid`]),
    ...(assignee === null
      ? []
      : [assignee === 'nobody' ? sql`r.assignee_id IS NULL` : sql`r.assignee_id = ${assignee === 'me' ? me : assignee}::uuid`]),
    ...(missing ? [sql`r.upstream_missing_at IS NOT NULL`] : []),
  ];
}

const ASLEEP = `(r.snoozed_until IS NOT NULL AND r.snoozed_until > now())`;
const CLAIMED = `r.verification_id IN (SELECT c.verification_id FROM console.claim c WHERE c.expires_at > now())`;

/** The state of a row at this moment: the lasting one, with what passes by itself laid over it as lib/domain/review.ts does. */
export const STATE_NOW = `CASE WHEN r.state NOT IN ('OPEN', 'REOPENED') THEN r.state WHEN ${ASLEEP} THEN 'SNOOZED' WHEN ${CLAIMED} THEN 'CLAIMED' ELSE r.state END`;

function anyState(states: readonly ReviewState[]): Prisma.Sql {
  return raw(`(${states.map(stateCondition).join(' OR ')})`);
}

function stateCondition(state: ReviewState): string {
  switch (state) {
    case 'OPEN':
    case 'REOPENED':
      return `(r.state = '${state}' AND NOT ${ASLEEP} AND NOT ${CLAIMED})`;
    case 'SNOOZED':
      return `(r.state IN ('OPEN', 'REOPENED') AND ${ASLEEP})`;
    case 'CLAIMED':
      return `(r.state IN ('OPEN', 'REOPENED') AND NOT ${ASLEEP} AND ${CLAIMED})`;
    default:
      return `r.state = '${state}'`;
  }
}

/** What a span of days asks of a time, in the organisation's calendar at this moment. */
export function during(time: Prisma.Sql, days: DaySpan): Prisma.Sql[] {
  const { from, before } = momentsOf(days, calendarNow());
  const moment = (at: number) => sql`to_timestamp(${at}::float8 / 1000)`;
  return [...(from === null ? [] : [sql`${time} >= ${moment(from)}`]), ...(before === null ? [] : [sql`${time} < ${moment(before)}`])];
}

function within(key: Prisma.Sql, { from, to }: Span, value: (bound: number) => Prisma.Sql): Prisma.Sql[] {
  return [...(from === null ? [] : [sql`${key} >= ${value(from)}`]), ...(to === null ? [] : [sql`${key} <= ${value(to)}`])];
}

/** All of the conditions as one. */
export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? raw('true') : join([...conditions], ' AND ');
}

// The index finds records by runs of three letters, and looks at all of them, however common. So it is asked for the piece of the
// text that says most, and the whole text is then looked for in what was found.
function named(text: string): Prisma.Sql[] {
  const piece = telling(text);
  const found = sql`r.file_names LIKE ${`%${escaped(piece)}%`}`;
  return piece === text ? [found] : [found, sql`position(${text} IN r.file_names) > 0`];
}

/**
 * How much of a run with digits is looked for, and of one without. Each further letter costs another look through the index and finds
 * next to nothing more, but where the whole text is looked for at once, nothing has to be looked at twice.
 */
const TELLING_MAX = { digits: 5, letters: 8 };

/** The run of letters and digits with the most digits, else the longest: names share words and differ in numbers. */
function telling(text: string): string {
  const runs = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const digits = (run: string) => run.replace(/\D/g, '').length;
  const best = runs.toSorted((a, b) => digits(b) - digits(a) || b.length - a.length)[0];
  if (best === undefined || best.length < 3) return text;
  return best.slice(0, digits(best) > 0 ? TELLING_MAX.digits : TELLING_MAX.letters);
}

// What LIKE would take for a pattern.
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
