import type { ReviewSummary } from '@/lib/domain/review';
import { searchFilterParams } from '@/lib/domain/search-filter-params';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { route } from '@/lib/http/route';
import { countMatches, type FoundRecord, searchRecords } from '@/lib/mirror/search';
import { recordSearch } from '@/lib/review/record-search';
import { reviewSummaries } from '@/lib/review/summaries';

/**
 * One page of the index of records, with how many match unless `count=none`; `count=exact` counts beyond the cap. With
 * `reviews=true` each record comes with what is known of its case, as `GET /api/reviews` tells it.
 */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const params = request.nextUrl.searchParams;
  const query = parseSearchQuery(params);
  const counting = params.get('count');
  const [page, count] = await Promise.all([
    searchRecords(actor, query),
    counting === 'none' ? null : countMatches(actor, query, { exact: counting === 'exact' }),
  ]);
  const { records, ...rest } = page;
  await recordSearch(actor, {
    source: 'index',
    filter: searchFilterParams(query),
    tags: query.tags,
    text: query.text,
    found: () => ({ rows: records.length, count: count?.value ?? null, capped: count?.capped ?? false }),
  });
  const reviews = params.get('reviews') === 'true' ? await reviewSummaries(records.map(({ id }) => id)) : [];
  const tail = JSON.stringify({ ...rest, count }).slice(1);
  return new Response(`{"records":[${records.map((found, at) => written(found, reviews[at])).join(',')}],${tail}`, {
    headers: { 'content-type': 'application/json' },
  });
});

// The record is JSON already, kept as it came: reading it only to write it again would cost most of the answer's time.
function written({ raw, ...known }: FoundRecord, review: ReviewSummary | undefined): string {
  return `{"record":${raw},${JSON.stringify({ ...known, review }).slice(1)}`;
}
