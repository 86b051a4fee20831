import { acknowledgementInput } from '@/lib/domain/evidence-shown';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { acknowledgeDifference } from '@/lib/review/evidence/acknowledge';

/** A reviewer says why a file held other bytes for a time, after its original bytes were seen again. */
export const POST = route<{ id: string }>({ permission: 'decisions.write' }, async ({ request, actor, params }) => {
  const file = await acknowledgeDifference(actor, readVerificationId(params.id), await readJson(request, acknowledgementInput));
  return Response.json({ file }, { status: 201 });
});
