import * as z from 'zod/mini';
import { LoadFailure } from '@/components/grid/load-failure';
import type { ReviewSummary } from '@/lib/domain/review';
import { ask } from './ask';
import { reviewWire } from './review-wire';

const reviews = z.object({ reviews: z.array(reviewWire) });

/** What is known here about these records, through `GET /api/reviews`. Throws a LoadFailure. */
export async function loadReviews(ids: number[], signal: AbortSignal): Promise<ReviewSummary[]> {
  const body = reviews.safeParse(await ask(`/api/reviews?ids=${ids.join(',')}`, signal));
  if (body.success) return body.data.reviews;
  throw new LoadFailure('unreadable', 'The console told the state of these cases in a form that cannot be read.');
}
