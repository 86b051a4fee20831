import { batchInput } from '@/lib/domain/desk-input';
import { requireIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { runBatch } from '@/lib/review/run-batch';

const BYTES_MAX = 2 * 1024 * 1024;

/** Does one act to many cases: those named, or all that match a search now, pinned before the first is touched. */
export const POST = route({ permission: 'queue.draw' }, async ({ request, actor }) => {
  const key = requireIdempotencyKey(request.headers);
  return Response.json(await runBatch(actor, await readJson(request, batchInput, BYTES_MAX), key), { status: 201 });
});
