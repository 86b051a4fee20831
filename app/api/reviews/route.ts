import { readVerificationIds } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { recordSearch } from '@/lib/review/record-search';
import { reviewSummaries } from '@/lib/review/summaries';

/** What is known here about the records of a grid's page. */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const ids = readVerificationIds(request.nextUrl.searchParams, 'ids');
  const reviews = await reviewSummaries(ids);
  const found = () => ({ rows: reviews.length, count: reviews.length, capped: false });
  await recordSearch(actor, { source: 'reviews', filter: new URLSearchParams({ ids: ids.join(',') }), found });
  return Response.json({ reviews });
});
