import { jsonBytes } from '@/lib/http/json-bytes';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { getVerification } from '@/lib/upstream/get';

/** One record of the upstream, its bytes as they came; they are read first, so that what is no record is refused here. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ request, params }) => {
  const { bytes } = await getVerification(readVerificationId(params.id), request.signal);
  return jsonBytes(bytes);
});
