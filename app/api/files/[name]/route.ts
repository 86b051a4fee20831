import { route } from '@/lib/http/route';
import { fileResponse } from './file-response';
import { KEPT_COPY_HEADER, openToView } from './open-to-view';

/**
 * One evidence file, whole or in part, streamed from the configured upstream; one it does not deliver comes from the copy kept at a
 * decision, where there is one. That somebody looked at it is recorded before the first byte leaves; what it was, once all bytes have. A
 * file that is fetched in parts is read whole in the background.
 */
export const GET = route<{ name: string }>({ permission: 'records.read' }, async ({ request, actor, params: { name }, requestId }) => {
  const { headers, signal } = request;
  const conditions = { range: headers.get('range'), ifRange: headers.get('if-range'), ifNoneMatch: headers.get('if-none-match') };
  const { file, chunks, passing, keptAt } = await openToView(actor, name, { conditions, signal, requestId });
  const response = fileResponse(name, file, chunks, passing);
  if (keptAt) response.headers.set(KEPT_COPY_HEADER, keptAt.toISOString());
  return response;
});
