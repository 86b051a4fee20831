import { readVerificationIds } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { reviewSummaries } from '@/lib/review/summaries';

/** What is known here about the records of a grid's page. */
export const GET = route({ permission: 'records.read' }, async ({ request }) => {
  const ids = readVerificationIds(request.nextUrl.searchParams, 'ids');
  return Response.json({ reviews: await reviewSummaries(ids) });
});
