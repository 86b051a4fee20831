import { parseGridQuery } from '@/lib/domain/grid-query';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { neighboursOf } from '@/lib/upstream/neighbours';

/** The records before and after one, in the order and under the filter of the grid's five parameters. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, params }) => {
  const query = parseGridQuery(request.nextUrl.searchParams);
  return Response.json(await neighboursOf(query, readVerificationId(params.id), request.signal));
});
