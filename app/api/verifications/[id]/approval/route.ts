import { approvalInput } from '@/lib/domain/approval';
import { readVerificationId } from '@/lib/http/read-id';
import { requireIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { approve } from '@/lib/review/approve';

/** The second person agrees or disagrees with the decision she names. */
export const POST = route<{ id: string }>({ permission: 'decisions.approve' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const key = requireIdempotencyKey(request.headers);
  return Response.json(await approve(actor, id, await readJson(request, approvalInput), key), { status: 201 });
});
