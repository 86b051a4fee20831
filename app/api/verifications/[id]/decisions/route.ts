import { decisionInput } from '@/lib/domain/decision';
import { readVerificationId } from '@/lib/http/read-id';
import { requireIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { decide } from '@/lib/review/decide';

/** Decides a case, or decides it anew, against the version the reviewer saw. */
export const POST = route<{ id: string }>({ permission: 'decisions.write' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const key = requireIdempotencyKey(request.headers);
  return Response.json(await decide(actor, id, await readJson(request, decisionInput), key), { status: 201 });
});
