import * as z from 'zod/mini';
import { log } from '@/lib/auth/log';
import { type GridQuery, parseGridQuery } from '@/lib/domain/grid-query';
import { gridFilterParams } from '@/lib/domain/search-filter-params';
import { jsonBytes } from '@/lib/http/json-bytes';
import { readSubmission } from '@/lib/http/read-submission';
import { route } from '@/lib/http/route';
import { type Found, NOT_COUNTED, recordSearch } from '@/lib/review/record-search';
import { recordSubmission, recordSubmissionAttempt } from '@/lib/review/record-submission';
import { listVerifications } from '@/lib/upstream/list';
import { listReadable } from '@/lib/upstream/list-readable';
import { GarbledAnswer } from '@/lib/upstream/refuse';
import { submitVerification } from '@/lib/upstream/submit';

const listed = z.object({ data: z.array(z.unknown()), totalCount: z.int() });

/**
 * One page of the upstream's list, its bytes as they came. With `readable=true` it is written anew, for a reader who could not parse
 * it: what no parser understands is null there. 400 names the first parameter that is wrong.
 */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const params = request.nextUrl.searchParams;
  const query = parseGridQuery(params);
  const bytes = await pageOf(query, params.get('readable') === 'true', request.signal);
  const tags = query.tag ? [query.tag] : [];
  await recordSearch(actor, { source: 'upstream', filter: gridFilterParams(query), tags, found: () => foundIn(bytes) });
  return jsonBytes(bytes);
});

async function pageOf(query: GridQuery, isReadable: boolean, signal: AbortSignal) {
  if (isReadable) return listReadable(query, signal);
  try {
    return (await listVerifications(query, signal)).bytes;
  } catch (failure) {
    if (failure instanceof GarbledAnswer) return listReadable(query, signal);
    throw failure;
  }
}

// Read only when the search is recorded: reading every page would cost more than handing it on.
function foundIn(bytes: Uint8Array): Found {
  try {
    const { data, totalCount } = listed.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { rows: data.length, count: totalCount, capped: false };
  } catch {
    return NOT_COUNTED;
  }
}

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
