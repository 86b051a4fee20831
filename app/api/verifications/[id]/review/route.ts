import { Refusal } from '@/lib/domain/refusal';
import type { Verification } from '@/lib/domain/verification';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { evidenceStatesOf } from '@/lib/review/evidence/states-of';
import { reviewOf } from '@/lib/review/read-review';
import { recordCaseView } from '@/lib/review/record-case-view';
import { timelineOf } from '@/lib/review/timeline';
import { getVerification } from '@/lib/upstream/get';

/**
 * Everything known here about one record. Which files it has only the upstream knows: while that cannot be asked, `evidence`
 * is null, which is not the same as files nobody has seen.
 */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const [review, timeline, record] = await Promise.all([reviewOf(id), timelineOf(id), recordOf(id, request.signal)]);
  await recordCaseView(actor, id);
  const names = record?.files.map((file) => file.name).filter((name) => name !== null);
  return Response.json({ review, timeline, evidence: names ? await evidenceStatesOf(names) : null });
});

async function recordOf(id: number, signal: AbortSignal): Promise<Verification | null> {
  try {
    return (await getVerification(id, signal)).verification;
  } catch (failure) {
    if (failure instanceof Refusal) return null;
    throw failure;
  }
}
