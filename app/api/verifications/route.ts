import { parseGridQuery } from '@/lib/domain/grid-query';
import { jsonBytes } from '@/lib/http/json-bytes';
import { route } from '@/lib/http/route';
import { listVerifications } from '@/lib/upstream/list';

/** One page of the upstream's list, its bytes as they came. 400 names the first of the five parameters that is wrong. */
export const GET = route({ permission: 'records.read' }, async ({ request }) => {
  const query = parseGridQuery(request.nextUrl.searchParams);
  const { bytes } = await listVerifications(query, request.signal);
  return jsonBytes(bytes);
});
