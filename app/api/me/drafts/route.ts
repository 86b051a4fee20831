import { draftKey } from '@/lib/auth/draft-key';
import { DRAFT_CASES_MAX, type DraftsAnswer } from '@/lib/domain/drafts';
import { readVerificationIds } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { erasedAmong } from '@/lib/review/erased-among';

/** What a browser needs for the drafts it keeps: the caller's key, and which of the cases it keeps drafts of were erased. */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const { searchParams } = request.nextUrl;
  const ids = searchParams.has('cases') ? readVerificationIds(searchParams, 'cases', DRAFT_CASES_MAX) : [];
  const answer: DraftsAnswer = { key: draftKey(actor), now: Date.now(), erased: await erasedAmong(ids) };
  return Response.json(answer);
});
