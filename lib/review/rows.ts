import { z } from 'zod';
import { DECISION_OUTCOMES, REASON_CODE_NAMES } from '@/lib/domain/reason-codes';
import { REVIEW_STATES } from '@/lib/domain/review';
import { storedApproval } from './stored-approval';

/** A case's number as its rows hold it. */
const verificationId = z.coerce.number().int().nonnegative();
const instant = z.union([z.date().transform((date) => date.getTime()), z.number()]);

/** A note as stored, or as an answer remembered it. */
export const storedNote = z.object({
  id: z.string(),
  verificationId,
  authorId: z.string(),
  authorName: z.string(),
  text: z.string(),
  createdAt: instant,
});

/** A decision as stored, or as an answer remembered it. A code that has left the list since is a fault, never dropped. */
export const storedDecision = z.object({
  id: z.string(),
  verificationId,
  version: z.number().int().positive(),
  outcome: z.enum(DECISION_OUTCOMES),
  machineResult: z.enum(['VERIFIED', 'NOT_VERIFIED']),
  isOverride: z.boolean(),
  reasonCodes: z.array(z.enum(REASON_CODE_NAMES)),
  rationale: z.string(),
  proposerId: z.string(),
  proposerName: z.string(),
  decidedAt: instant,
  idSha256: z.string().nullable(),
  selfieSha256: z.string().nullable(),
  snapshotHash: z.string(),
  // An answer remembered before these were recorded has none.
  policyVersion: z.number().int().default(0),
  secondPerson: z.string().nullable().default(null),
  approval: storedApproval.nullable().default(null),
});

/** A summary as an answer remembered it. */
export const storedSummary = z.object({
  verificationId,
  state: z.enum(REVIEW_STATES),
  version: z.number().int().nonnegative(),
  notes: z.number().int().nonnegative(),
  decision: z.object({ outcome: z.enum(DECISION_OUTCOMES), isOverride: z.boolean(), by: z.string(), at: z.number() }).nullable(),
});
