import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { caseEvidence, withoutNames } from '@/lib/review/evidence/case-evidence';
import { recordCaseView } from '@/lib/review/record-case-view';

/** What is known of the files of a case; `blind=1` leaves out who saw or acknowledged something. The view is recorded before. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const evidence = await caseEvidence(id);
  await recordCaseView(actor, id);
  return Response.json(request.nextUrl.searchParams.get('blind') === '1' ? withoutNames(evidence) : evidence);
});
