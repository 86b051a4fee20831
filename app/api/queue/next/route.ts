import { drawInput } from '@/lib/domain/desk-input';
import { readTab } from '@/lib/domain/page-session';
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { nextCase } from '@/lib/review/next-case';

/** Draws the next case under a view and claims it for the caller; null when nothing is left. It writes, so it is no GET. */
export const POST = route({ permission: 'queue.draw' }, async ({ request, actor }) => {
  const key = readIdempotencyKey(request.headers);
  const input = await readJson(request, drawInput);
  return Response.json(await nextCase(actor, { ...input, tab: readTab(request.headers) }, key));
});
