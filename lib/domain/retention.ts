import * as z from 'zod/mini';
import { addDays, type Calendar, dayBounds, dayOf } from './calendar-day';
import { isSamePerson, type PersonMarks } from './person';
import { isStorableText, NOT_STORABLE } from './storable-text';

/** What stands in place of a text that was erased; console.erased_text() in SQL. */
export const ERASED_TEXT = '[text erased]';
/** What stands in place of the text of an erased record; console.erased_record() in SQL. */
export const ERASED_RECORD = '{"erased":true}';

export const ERASURE_RULES = ['RETENTION', 'REQUEST'] as const;
/** RETENTION: the time of the case is over. REQUEST: somebody with a right to it asked. */
export type ErasureRule = (typeof ERASURE_RULES)[number];

/** Cases one hold or one erasure may name. */
export const RETENTION_MAX = 200;
export const RETENTION_REASON_MIN = 10;
const DAY_MS = 86_400_000;

const ids = z
  .array(z.int('A case is named by a whole number.').check(z.gte(0, 'A case is named by a whole number.')))
  .check(z.minLength(1, 'Name at least one case.'), z.maxLength(RETENTION_MAX, `Name at most ${RETENTION_MAX} cases at a time.`));
const words = z
  .string('Write the reason as text.')
  .check(z.trim(), z.maxLength(2000, 'Keep the reason under 2000 characters.'), z.refine(isStorableText, NOT_STORABLE));
const reason = words.check(z.minLength(RETENTION_REASON_MIN, `Say why in at least ${RETENTION_REASON_MIN} characters.`));
/** The number of cases, typed by hand after the preview. */
const confirm = z.int('Type the number of cases to confirm.');

/** Puts cases under legal hold, or lifts it. */
export const holdInput = z.strictObject({ ids, held: z.boolean('Say whether to hold: true or false.'), reason, confirm });
export type HoldInput = z.infer<typeof holdInput>;

/** Erases cases. The reason is kept beside the proof, so it must not name the person. */
export const erasureInput = z
  .strictObject({
    ids,
    rule: z.enum(ERASURE_RULES, `Choose a rule: ${ERASURE_RULES.join(', ')}.`),
    reason: z._default(words, ''),
    confirm,
  })
  .check(
    z.refine((input) => input.rule === 'RETENTION' || input.reason.length >= RETENTION_REASON_MIN, {
      error: `Say why in at least ${RETENTION_REASON_MIN} characters.`,
      path: ['reason'],
    }),
  );
export type ErasureInput = z.infer<typeof erasureInput>;

/** What of a case would be erased, or was: numbers of rows. */
export const ERASABLE = ['notes', 'decisions', 'verdicts', 'reasons', 'copies', 'records', 'events'] as const;
export type ErasableCounts = Record<(typeof ERASABLE)[number], number>;

/** How `ERASABLE` reads, before its number. */
export const ERASABLE_WORDS: Record<keyof ErasableCounts, string> = {
  notes: 'notes',
  decisions: 'rationales',
  verdicts: 'comments of second persons',
  reasons: 'reasons of escalations, snoozes and the like',
  copies: 'kept copies of evidence',
  records: 'records in the index, earlier versions included',
  events: 'details of audit events',
};

/** What decides over keeping a case. Times are milliseconds since 1970. */
export interface RetentionFacts {
  verificationId: number;
  /** When its clock began to run; null while it is not resolved. */
  resolvedAt: number | null;
  hold: { reason: string; byName: string; at: number } | null;
  /** The number of the hold it is under; null while it is under none. */
  holdId: number | null;
  /** The newest tombstone. */
  erased: { at: number; byName: string; rule: ErasureRule; reason: string; policyVersion: number; retentionDays: number } | null;
  counts: ErasableCounts;
}

/**
 * Returns when the time of a case is over: with the end of its last day in a zone, and never sooner than so many times 24 hours after
 * it was resolved, to which the database holds by itself. Null while its clock does not run.
 */
export function dueAt({ resolvedAt }: Pick<RetentionFacts, 'resolvedAt'>, retentionDays: number, zone: string): number | null {
  if (resolvedAt === null) return null;
  const lastDay = addDays(dayOf(resolvedAt, zone), retentionDays);
  return Math.max(dayBounds(lastDay, zone).before, resolvedAt + retentionDays * DAY_MS);
}

/** Returns the first moment that is too late: what was resolved before it is due now. The same rule as `dueAt`, asked of all cases at once. */
export function dueBefore(retentionDays: number, { zone, now }: Calendar): number {
  return Math.min(dayBounds(addDays(dayOf(now, zone), -retentionDays), zone).from, now - retentionDays * DAY_MS + 1);
}

/** Why a case cannot be erased by a rule at a moment, as one sentence, or null when it can. The database holds to the same by itself. */
export function erasureObstacle(
  facts: Pick<RetentionFacts, 'hold' | 'counts' | 'resolvedAt'>,
  rule: ErasureRule,
  retentionDays: number,
  { zone, now }: Calendar,
): string | null {
  if (facts.hold) return 'It is under legal hold.';
  if (Object.values(facts.counts).every((count) => count === 0)) return 'There is nothing to erase.';
  if (rule === 'REQUEST') return null;
  const due = dueAt(facts, retentionDays, zone);
  if (due === null) return 'It is not resolved, so its clock does not run.';
  return due > now ? 'Its time is not over.' : null;
}

/**
 * Returns why none of these people may be behind an erasure by request, or null when they may: who decides about a case does not
 * also remove what was decided. `deciders` are those who proposed or approved a decision of the case.
 */
export function involvementObstacle(deciders: readonly PersonMarks[], people: readonly PersonMarks[]): string | null {
  const involved = people.some((person) => deciders.some((decider) => isSamePerson(decider, person)));
  return involved
    ? 'The person who proposes or approves this erasure proposed or approved a decision of the case. Two people who did not decide it have to.'
    : null;
}

/** All counts together. */
export function sumOfCounts(counts: readonly ErasableCounts[]): ErasableCounts {
  const sum = (name: keyof ErasableCounts) => counts.reduce((total, one) => total + one[name], 0);
  return {
    notes: sum('notes'),
    decisions: sum('decisions'),
    verdicts: sum('verdicts'),
    reasons: sum('reasons'),
    copies: sum('copies'),
    records: sum('records'),
    events: sum('events'),
  };
}
