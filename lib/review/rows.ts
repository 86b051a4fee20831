import { z } from 'zod';
import { decisionView } from '@/lib/domain/decision-view';
import { featureChecklist } from '@/lib/domain/feature-checklist';
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
  features: z.nullish(featureChecklist),
  rationale: z.string(),
  proposerId: z.string(),
  proposerName: z.string(),
  decidedAt: instant,
  idSha256: z.string().nullable(),
  selfieSha256: z.string().nullable(),
  unchecked: z.array(z.enum(['id', 'face'])).default([]),
  snapshotHash: z.string(),
  // An answer remembered before these were recorded has none.
  policyVersion: z.number().int().default(0),
  secondPerson: z.string().nullable().default(null),
  approval: storedApproval.nullable().default(null),
  withdrawnAt: instant.nullable().default(null),
  claimedAt: instant.nullable().default(null),
  // Recorded for people to read: one in a shape of long ago must not make the decision itself unreadable.
  view: z.union([decisionView, z.null()]).catch(null).default(null),
});

/** A claim as stored. */
export const storedClaim = z.object({ holderId: z.string(), holderName: z.string(), claimedAt: instant, expiresAt: instant });

/** A row of the desk with its author, as stored. */
export const storedAct = z.object({ version: z.number().int(), reason: z.string(), byId: z.string(), byName: z.string(), at: instant });
export const storedSnooze = storedAct.extend({ until: instant });

/** A summary as an answer remembered it. */
export const storedSummary = z.object({
  verificationId,
  state: z.enum(REVIEW_STATES),
  version: z.number().int().nonnegative(),
  notes: z.number().int().nonnegative(),
  decision: z.object({ outcome: z.enum(DECISION_OUTCOMES), isOverride: z.boolean(), by: z.string(), at: z.number() }).nullable(),
  claim: z.object({ holderId: z.string(), holderName: z.string(), expiresAt: z.number() }).nullable().default(null),
  snoozedUntil: z.number().nullable().default(null),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  escalated: z.object({ by: z.string(), reason: z.string(), at: z.number() }).nullable().default(null),
  withdrawable: z.object({ decisionId: z.string(), byId: z.string(), until: z.number() }).nullable().default(null),
});
