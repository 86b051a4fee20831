import { checkInput } from '@/lib/domain/evidence-check-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { checkCase, withoutNames } from '@/lib/review/evidence/case-evidence';

/** Reads the files of a case now, each to its end; one that takes longer is still `checking` in the answer. */
export const POST = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const evidence = await checkCase(actor, readVerificationId(params.id), await readJson(request, checkInput));
  return Response.json(request.nextUrl.searchParams.get('blind') === '1' ? withoutNames(evidence) : evidence);
});
