import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { recordCaseView } from '@/lib/review/record-case-view';

/** Records that a case that was fetched ahead is on the caller's screen now. */
export const POST = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  await recordCaseView(actor, readVerificationId(params.id));
  return new Response(null, { status: 204 });
});
