import * as z from 'zod/mini';
import { DECISION_OUTCOMES } from '@/lib/domain/reason-codes';
import { REVIEW_STATES } from '@/lib/domain/review';

/** A ReviewSummary as the API tells it. */
export const reviewWire = z.object({
  verificationId: z.int(),
  state: z.enum(REVIEW_STATES),
  version: z.int(),
  notes: z.int(),
  decision: z.nullable(z.object({ outcome: z.enum(DECISION_OUTCOMES), isOverride: z.boolean(), by: z.string(), at: z.number() })),
  claim: z.nullable(z.object({ holderId: z.string(), holderName: z.string(), expiresAt: z.number() })),
  snoozedUntil: z.nullable(z.number()),
  assignee: z.nullable(z.object({ id: z.string(), name: z.string() })),
  escalated: z.nullable(z.object({ by: z.string(), reason: z.string(), at: z.number() })),
  withdrawable: z.nullable(z.object({ decisionId: z.string(), byId: z.string(), until: z.number() })),
});
