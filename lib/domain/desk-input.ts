import * as z from 'zod/mini';
import { ROLES, type Role } from './roles';
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
const SLA_HOURS_MAX = 24 * 365;
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
  /** The role whose people begin with this view; it is then shared, and takes the place of the one before. */
  defaultFor: z._default(z.nullable(z.enum(ROLES, `defaultFor must be one of ${ROLES.join(', ')}.`)), null),
  /** Hours within which its cases are due; null for what the policy says. */
  slaHours: z._default(
    z.nullable(z.int('Give a whole number of hours.').check(z.gte(1, 'At least 1 hour.'), z.lte(SLA_HOURS_MAX, 'At most a year.'))),
    null,
  ),
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
  defaultFor: Role | null;
  slaHours: number | null;
}

/** What a draw takes its case from: a view by its id, or the queue of the house. */
export const drawInput = z.strictObject({ viewId: z.optional(z.uuid('Name the view by its id.')) });

/** What the queue of the house is called where views are named by id. */
export const HOUSE_QUEUE = 'default';

/** Which queues a reviewer may draw from: ids of shared views and `default`, the queue of the house; null for all there are. */
export const drawGrantInput = z.strictObject({
  reviewerId: z.uuid('Name the reviewer by id.'),
  viewIds: z.nullable(
    z
      .array(z.union([z.literal(HOUSE_QUEUE), z.uuid()], 'Name each view by its id.'))
      .check(
        z.minLength(1, 'Leave at least one queue, so that there is something to work on.'),
        z.maxLength(200, 'Name at most 200 views.'),
      ),
  ),
});
export type DrawGrantInput = z.infer<typeof drawGrantInput>;

/** What a reviewer may draw from; `viewIds` is null when nobody narrowed it. */
export interface DrawGrant {
  reviewer: { id: string; name: string };
  viewIds: string[] | null;
}

/** Which decision is taken back; without it the newest. */
export const withdrawalInput = z.strictObject({ decisionId: z.optional(z.uuid('Name the decision by its id.')) });

export const BATCH_VERBS = ['assign', 'claim', 'release', 'escalate'] as const;
export type BatchVerb = (typeof BATCH_VERBS)[number];
/** Beyond this many cases a bulk act stops, and says how many it left out. */
export const BATCH_MAX = 1000;

/** More than this many numbers are not read at all. */
const BATCH_IDS_MAX = 100_000;
const batchIds = z
  .array(z.int('Name each case by its number.').check(z.nonnegative('Name each case by its number.')))
  .check(z.minLength(1, 'Name the cases.'), z.maxLength(BATCH_IDS_MAX, `Name at most ${BATCH_IDS_MAX} cases.`));
const batchQuery = z.string('Send the search as an address.').check(z.maxLength(4000), z.refine(isStorableText, NOT_STORABLE));
const batchCases = { ids: z.optional(batchIds), query: z.optional(batchQuery) };

/** One act over many cases, named one by one or by a search of the index (what stands behind the question mark); one of both. */
export const batchInput = z
  .discriminatedUnion('verb', [
    z.strictObject({ verb: z.literal('assign'), assigneeId: z.nullable(z.uuid('Name the user by id.')), ...batchCases }),
    z.strictObject({ verb: z.literal('claim'), ...batchCases }),
    z.strictObject({ verb: z.literal('release'), ...batchCases }),
    z.strictObject({ verb: z.literal('escalate'), reason, ...batchCases }),
  ])
  .check(
    z.refine(({ ids, query }) => (ids === undefined) !== (query === undefined), {
      error: 'Name the cases by ids or by a query, not by both.',
      path: ['ids'],
    }),
  );
export type BatchInput = z.infer<typeof batchInput>;

export interface BatchResult {
  id: string;
  verb: BatchVerb;
  /** What was done, for people: the assignee, the reason. */
  detail: string;
  /** The search its cases came from; null when they were named one by one. */
  query: string | null;
  byName: string;
  at: number;
  succeeded: number[];
  refused: { id: number; code: string; message: string }[];
  truncated: number;
}
