import * as z from 'zod/mini';
import { isStorableText, NOT_STORABLE } from './storable-text';

export const REASON_MAX = 2000;
export const REASON_MIN = 10;
const SNOOZE_MAX_MS = 90 * 86_400_000;

const words = z
  .string('Write the reason as text.')
  .check(z.trim(), z.refine(isStorableText, NOT_STORABLE), z.maxLength(REASON_MAX, `Keep the reason under ${REASON_MAX} characters.`));
const reason = words.check(z.minLength(REASON_MIN, `Say why in at least ${REASON_MIN} characters.`));

/** What passing a case on says; why is the reviewer's to tell. */
export const skipInput = z.strictObject({ reason: z._default(words, '') });

/** Putting a case off until a moment, milliseconds since 1970, at most 90 days ahead. */
export const snoozeInput = z.strictObject({
  until: z.int('Say until when, in milliseconds since 1970.').check(
    z.refine((until) => until > Date.now(), 'Choose a moment that is still to come.'),
    z.refine((until) => until < Date.now() + SNOOZE_MAX_MS, 'Choose a moment within 90 days.'),
  ),
  reason: z._default(words, ''),
});

/** Handing a case up, or looking at it again: always with a reason. */
export const reasonInput = z.strictObject({ reason });

/** Giving a case to somebody; null gives it back to everybody. */
export const assignmentInput = z.strictObject({ assigneeId: z.nullable(z.uuid('Name the user by id.')) });

export const VIEW_NAME_MAX = 80;
export const viewInput = z.strictObject({
  name: z
    .string('Name the view.')
    .check(
      z.trim(),
      z.minLength(1, 'Name the view.'),
      z.maxLength(VIEW_NAME_MAX, `Keep the name under ${VIEW_NAME_MAX} characters.`),
      z.refine(isStorableText, NOT_STORABLE),
    ),
  /** The grid's address behind the question mark. */
  query: z
    .string('Send the address of the view.')
    .check(z.maxLength(4000, 'The address of the view is too long.'), z.refine(isStorableText, NOT_STORABLE)),
  shared: z._default(z.boolean(), false),
});
export type ViewInput = z.infer<typeof viewInput>;

/** A named address of the grid. */
export interface SavedView {
  id: string;
  name: string;
  query: string;
  ownerId: string;
  ownerName: string;
  shared: boolean;
}

export const BATCH_VERBS = ['assign', 'claim', 'release', 'escalate'] as const;
export type BatchVerb = (typeof BATCH_VERBS)[number];
/** Beyond this many cases a bulk act stops, and says how many it left out. */
export const BATCH_MAX = 1000;

export interface BatchResult {
  id: string;
  verb: BatchVerb;
  /** What was done, for people: the assignee, the reason. */
  detail: string;
  byName: string;
  at: number;
  succeeded: number[];
  refused: { id: number; code: string; message: string }[];
  truncated: number;
}
