import { parseGridQuery } from '@/lib/domain/grid-query';
import { gridFilterParams, searchFilterParams } from '@/lib/domain/search-filter-params';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { indexNeighbours } from '@/lib/mirror/index-neighbours';
import { recordCaseView } from '@/lib/review/record-case-view';
import { NOT_COUNTED, recordSearch } from '@/lib/review/record-search';
import { neighboursOf } from '@/lib/upstream/neighbours';

/**
 * The records before and after one, in the order and under the filter of the grid's five parameters; with `source=index` under
 * those of a search of the index. It shows which records match a filter, so it is recorded as that search.
 */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const asked = request.nextUrl.searchParams;
  const found = () => NOT_COUNTED;
  if (asked.get('source') === 'index') {
    const query = parseSearchQuery(asked);
    const beside = await indexNeighbours(actor, query, id);
    const { tags, text } = query;
    await recordCaseView(actor, id);
    await recordSearch(actor, { source: 'index', filter: searchFilterParams(query), tags, text, found });
    return Response.json(beside);
  }
  const query = parseGridQuery(asked);
  const beside = await neighboursOf(query, id, request.signal);
  await recordCaseView(actor, id);
  await recordSearch(actor, { source: 'upstream', filter: gridFilterParams(query), tags: query.tag ? [query.tag] : [], found });
  return Response.json(beside);
});
