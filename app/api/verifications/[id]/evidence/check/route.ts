import { checkInput } from '@/lib/domain/evidence-check-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { checkCase, withoutNames } from '@/lib/review/evidence/case-evidence';
import { recordCaseView } from '@/lib/review/record-case-view';

/** Reads the files of a case now, each to its end; one that takes longer is still `checking` in the answer. That they were shown is recorded as a view. */
export const POST = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const evidence = await checkCase(actor, id, await readJson(request, checkInput));
  await recordCaseView(actor, id);
  return Response.json(request.nextUrl.searchParams.get('blind') === '1' ? withoutNames(evidence) : evidence);
});
