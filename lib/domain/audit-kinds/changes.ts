import * as z from 'zod/mini';
import { CHANGE_KINDS } from '../change/proposed-change';
import { auditKind } from './audit-kind';

const kind = z.enum(CHANGE_KINDS);
/** What would be done, as a sentence without its subject. */
const what = z.string();
const answered = z.strictObject({ kind, what, comment: z.string() });

/** Changes that take a second reviewer: proposed, answered, and what came of them. Their subject is `change:<id>`. */
export const CHANGE_EVENT_KINDS = {
  'change.proposed': auditKind(
    z.strictObject({
      kind,
      what,
      differences: z.array(z.strictObject({ label: z.string(), from: z.string(), to: z.string() })),
      ids: z.array(z.int()),
      reason: z.string(),
      takesEffectAt: z.nullable(z.number()),
    }),
    (data) =>
      `proposed to ${data.what}: ${data.reason}${data.takesEffectAt === null ? '' : ' (takes effect after 72 hours, as nobody else could agree)'}`,
  ),
  'change.approved': auditKind(answered, (data) => `agreed to ${data.what}${data.comment && `: ${data.comment}`}`),
  'change.refused': auditKind(answered, (data) => `disagreed with the proposal to ${data.what}: ${data.comment}`),
  'change.withdrawn': auditKind(answered, (data) => `withdrew the proposal to ${data.what}${data.comment && `: ${data.comment}`}`),
  'change.took-effect': auditKind(
    z.strictObject({ kind, what, approvedBy: z.nullable(z.string()), outcome: z.string() }),
    (data) =>
      `put the proposal to ${data.what} into effect, ${data.approvedBy === null ? 'after nobody objected within 72 hours' : `agreed to by ${data.approvedBy}`}: ${data.outcome}`,
  ),
  'change.lapsed': auditKind(
    z.strictObject({ kind, what, outcome: z.string() }),
    (data) => `could not put the proposal to ${data.what} into effect: ${data.outcome}`,
  ),
} as const;
