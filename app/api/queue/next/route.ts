import { drawInput } from '@/lib/domain/desk-input';
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { nextCase } from '@/lib/review/next-case';

/** Draws the next case under a view and claims it for the caller; null when nothing is left. It writes, so it is no GET. */
export const POST = route({ permission: 'queue.draw' }, async ({ request, actor }) => {
  const key = readIdempotencyKey(request.headers);
  return Response.json(await nextCase(actor, await readJson(request, drawInput), key));
});
