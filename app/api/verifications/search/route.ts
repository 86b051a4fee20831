import { parseSearchQuery } from '@/lib/domain/search-query';
import { route } from '@/lib/http/route';
import { countMatches, type FoundRecord, searchRecords } from '@/lib/mirror/search';

/** One page of the index of records, with how many match unless `count=none`; `count=exact` counts beyond the cap. */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const params = request.nextUrl.searchParams;
  const query = parseSearchQuery(params);
  const counting = params.get('count');
  const [page, count] = await Promise.all([
    searchRecords(actor, query),
    counting === 'none' ? null : countMatches(actor, query, { exact: counting === 'exact' }),
  ]);
  const { records, ...rest } = page;
  const tail = JSON.stringify({ ...rest, count }).slice(1);
  return new Response(`{"records":[${records.map(written).join(',')}],${tail}`, { headers: { 'content-type': 'application/json' } });
});

// The record is JSON already, kept as it came: reading it only to write it again would cost most of the answer's time.
function written({ raw, id: _, ...known }: FoundRecord): string {
  return `{"record":${raw},${JSON.stringify(known).slice(1)}`;
}
