import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { caseEvidence, withoutNames } from '@/lib/review/evidence/case-evidence';

/** What is known of the files of a case; `blind=1` leaves out who saw or acknowledged something. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, params }) => {
  const evidence = await caseEvidence(readVerificationId(params.id));
  return Response.json(request.nextUrl.searchParams.get('blind') === '1' ? withoutNames(evidence) : evidence);
});
