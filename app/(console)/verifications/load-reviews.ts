import * as z from 'zod/mini';
import { LoadFailure } from '@/components/grid/load-failure';
import { DECISION_OUTCOMES } from '@/lib/domain/reason-codes';
import { REVIEW_STATES, type ReviewSummary } from '@/lib/domain/review';
import { ask } from './ask';

const reviews = z.object({
  reviews: z.array(
    z.object({
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
    }),
  ),
});

/** What is known here about these records, through `GET /api/reviews`. Throws a LoadFailure. */
export async function loadReviews(ids: number[], signal: AbortSignal): Promise<ReviewSummary[]> {
  const body = reviews.safeParse(await ask(`/api/reviews?ids=${ids.join(',')}`, signal));
  if (body.success) return body.data.reviews;
  throw new LoadFailure('unreadable', 'The console told the state of these cases in a form that cannot be read.');
}
