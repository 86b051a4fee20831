import { log } from '@/lib/auth/log';
import { parseGridQuery } from '@/lib/domain/grid-query';
import { jsonBytes } from '@/lib/http/json-bytes';
import { readSubmission } from '@/lib/http/read-submission';
import { route } from '@/lib/http/route';
import { recordSubmission, recordSubmissionAttempt } from '@/lib/review/record-submission';
import { listVerifications } from '@/lib/upstream/list';
import { listReadable } from '@/lib/upstream/list-readable';
import { GarbledAnswer } from '@/lib/upstream/refuse';
import { submitVerification } from '@/lib/upstream/submit';

/**
 * One page of the upstream's list, its bytes as they came. With `readable=true` it is written anew, for a reader who could not parse
 * it: what no parser understands is null there. 400 names the first parameter that is wrong.
 */
export const GET = route({ permission: 'records.read' }, async ({ request }) => {
  const params = request.nextUrl.searchParams;
  const query = parseGridQuery(params);
  if (params.get('readable') === 'true') return jsonBytes(await listReadable(query, request.signal));
  try {
    return jsonBytes((await listVerifications(query, request.signal)).bytes);
  } catch (failure) {
    if (failure instanceof GarbledAnswer) return jsonBytes(await listReadable(query, request.signal));
    throw failure;
  }
});

/**
 * Sends an ID and a selfie on to the upstream, streamed and at most once. The attempt is recorded before the first byte leaves
 * and bears the submission's tag, so the act never goes unrecorded; when its result cannot be recorded as well, the record
 * exists all the same and the answer still says which it is.
 */
export const POST = route({ permission: 'verifications.submit' }, async ({ request, actor, requestId }) => {
  const form = await readSubmission(request);
  try {
    await recordSubmissionAttempt(actor, form.submission);
    const { bytes, verification } = await submitVerification(form, request.signal);
    await recordSubmission(actor, form.submission, verification).catch((err: unknown) =>
      log().error({ err, requestId, verificationId: verification.id, submission: form.submission }, 'result of a submission not recorded'),
    );
    return jsonBytes(bytes, 201);
  } finally {
    form.release();
  }
});
