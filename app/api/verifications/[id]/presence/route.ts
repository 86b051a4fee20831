import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { holderOf, othersAt, showPresence } from '@/lib/review/presence';
import { recordCaseView } from '@/lib/review/record-case-view';

/** Records that the caller has the case open, which counts as a view of it. Returns who else has it open, and who holds it. */
export const PUT = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  const id = readVerificationId(params.id);
  const [others] = await Promise.all([showPresence(actor, id), recordCaseView(actor, id)]);
  return Response.json({ others, claim: await holderOf(id) });
});

/** Returns who else has the case open, and who holds it; records nothing about the caller. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  const id = readVerificationId(params.id);
  return Response.json({ others: await othersAt(actor, id), claim: await holderOf(id) });
});
