import { jsonBytes } from '@/lib/http/json-bytes';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { mayFetchAhead, recordCaseView } from '@/lib/review/record-case-view';
import { getVerification } from '@/lib/upstream/get';

/**
 * One record of the upstream, its bytes as they came, and in `Record-Sha256` the fingerprint that a verdict on it names; they are read first, so that what is no record is refused here. That it was
 * read is recorded before, unless `ahead=true` asks for a case the caller has claimed: then it is as it comes on the screen.
 */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const { bytes, snapshotHash } = await getVerification(id, request.signal);
  const isAhead = request.nextUrl.searchParams.get('ahead') === 'true' && (await mayFetchAhead(actor, id));
  if (!isAhead) await recordCaseView(actor, id);
  const response = jsonBytes(bytes);
  response.headers.set('record-sha256', snapshotHash);
  return response;
});
