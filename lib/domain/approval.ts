import * as z from 'zod/mini';
import { evidenceShown } from './evidence-shown';
import { DECISION_OUTCOMES, REASON_CODE_NAMES, type ReasonCode } from './reason-codes';
import { Refusal } from './refusal';
import type { SecondPersonRefusal } from './second-person';
import { isStorableText, NOT_STORABLE } from './storable-text';
import type { EvidenceCategory } from './verification';

export const COMMENT_MAX = 4000;
export const COMMENT_MIN = 10;

const comment = z
  .string('Write the comment as text.')
  .check(z.trim(), z.refine(isStorableText, NOT_STORABLE), z.maxLength(COMMENT_MAX, `Keep the comment under ${COMMENT_MAX} characters.`));

/** What the second person sends. It names the decision she saw, so that she cannot agree to another one. */
export const approvalInput = z.strictObject({
  decisionId: z.uuid('Name the decision you looked at.'),
  agrees: z.boolean('Say whether you agree: true or false.'),
  comment,
  shown: z.optional(evidenceShown),
});
export type ApprovalInput = z.infer<typeof approvalInput>;

/** The second person's verdict as it was stored. */
export interface Approval {
  decisionId: string;
  agrees: boolean;
  comment: string;
  approverId: string;
  approverName: string;
  /** Milliseconds since 1970. */
  approvedAt: number;
  /** Files that could not be compared with what the second reviewer was shown, as they confirmed; absent or empty when both were. */
  unchecked?: EvidenceCategory[] | undefined;
}

/** What has to be known of a proposal to judge whether somebody may answer it. */
export interface Proposal {
  id: string;
  secondPerson: string | null;
  /** Why this approver cannot be the second person to it; null when they can. */
  refusal: SecondPersonRefusal | null;
  /** A later decision or a withdrawal took its place. */
  superseded: boolean;
  answered: boolean;
}

/**
 * The one rule of when a proposal may be answered; who may is `secondPersonRefusal`. Throws a Refusal: `forbidden` for an approver who is
 * no second person, `stale` for a proposal that was replaced, withdrawn or answered, `unprocessable` when nobody has to agree or a
 * refusal gives no reason.
 */
export function checkApproval(proposal: Proposal, input: ApprovalInput): void {
  if (proposal.secondPerson === null)
    throw new Refusal('unprocessable', 'This decision stands alone; nobody has to agree.', { field: 'decisionId' });
  if (proposal.refusal) throw new Refusal('forbidden', proposal.refusal.message, { details: { reason: proposal.refusal.reason } });
  if (proposal.superseded) throw new Refusal('stale', 'This proposal no longer stands. Look at the case again.');
  if (proposal.answered) throw new Refusal('stale', 'Somebody answered this proposal already.');
  if (!input.agrees && input.comment.length < COMMENT_MIN)
    throw new Refusal('unprocessable', `Say in at least ${COMMENT_MIN} characters why you disagree.`, { field: 'comment' });
}

/** What somebody sends who judges a case again without seeing the decision. */
export const qaInput = z.strictObject({
  outcome: z.enum(DECISION_OUTCOMES, `Choose an outcome: ${DECISION_OUTCOMES.join(', ')}.`),
  reasonCodes: z
    .array(z.enum(REASON_CODE_NAMES as [ReasonCode, ...ReasonCode[]], 'This is not a reason code of the list.'))
    .check(z.maxLength(5, 'Choose at most five reasons.')),
  comment,
  shown: z.optional(evidenceShown),
});
export type QaInput = z.infer<typeof qaInput>;
