import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { revealEvidence } from '@/lib/review/reveal-evidence';

/** Says that the caller takes the blur off the pictures of a case; she may once this is answered. */
export const POST = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  await revealEvidence(actor, readVerificationId(params.id));
  return new Response(null, { status: 204 });
});
