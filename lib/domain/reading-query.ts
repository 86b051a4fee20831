import * as z from 'zod/mini';
import { parseAuditFilter } from './audit-query';
import type { DaySpan } from './day-span';
import { Refusal } from './refusal';

/** What the reading report is narrowed to; every part may be null. */
export interface ReadingFilter extends DaySpan {
  /** Id of a user. */
  person: string | null;
  verification: number | null;
}

export const READING_PARAMS = ['person', 'verification', 'from', 'to'] as const;
/** Events counted; of more, the newest. */
export const READING_COUNTED_MAX = 50_000;

const PERSON = /^(?:system|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * Reads `person`, `verification`, and the days `from` and `to` of an address. Throws a Refusal `bad-request` with the field for
 * anything else.
 */
export function parseReadingFilter(params: URLSearchParams): ReadingFilter {
  const { verification, from, to } = parseAuditFilter(narrowedTo(params, ['verification', 'from', 'to']));
  const person = params.get('person') || null;
  if (person !== null && !PERSON.test(person)) throw new Refusal('bad-request', 'person must be the id of a user.', { field: 'person' });
  return { person, verification, from, to };
}

/** Returns the parameters of the filter that are given, in one order, without the page. */
export function readingQuery(params: URLSearchParams): string {
  return narrowedTo(params, READING_PARAMS).toString();
}

const count = z.int();
const at = z.number();

/** How often whom and what; the newest of each first. `capped` when only the newest 50,000 events were counted. */
export const readingCounts = z.object({
  events: count,
  capped: z.boolean(),
  people: z.array(z.object({ id: z.string(), name: z.string(), role: z.string(), events: count, records: count, lastAt: at })),
  records: z.array(z.object({ id: count, events: count, people: count, lastAt: at })),
});
export type ReadingCounts = z.infer<typeof readingCounts>;

function narrowedTo(params: URLSearchParams, names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...params].filter(([name, value]) => names.includes(name) && value !== ''));
}
