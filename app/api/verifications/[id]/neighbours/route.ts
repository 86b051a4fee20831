import { parseGridQuery } from '@/lib/domain/grid-query';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { indexNeighbours } from '@/lib/mirror/index-neighbours';
import { neighboursOf } from '@/lib/upstream/neighbours';

/**
 * The records before and after one, in the order and under the filter of the grid's five parameters; with `source=index` under
 * those of a search of the index.
 */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const asked = request.nextUrl.searchParams;
  if (asked.get('source') === 'index') return Response.json(await indexNeighbours(actor, parseSearchQuery(asked), id));
  return Response.json(await neighboursOf(parseGridQuery(asked), id, request.signal));
});
