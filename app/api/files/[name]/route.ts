import { log } from '@/lib/auth/log';
import { Refusal } from '@/lib/domain/refusal';
import { route } from '@/lib/http/route';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { isBareFileName } from '@/lib/upstream/bare-file-name';
import { openFile } from '@/lib/upstream/file';
import { fileResponse } from './file-response';
import { keptFile } from './kept-file';

/** When the copy was kept that is shown in place of a file the upstream lost. */
const KEPT_COPY_HEADER = 'x-kept-copy';

/**
 * One evidence file, whole or in part, streamed from the configured upstream; one it lost comes from the copy kept at a
 * decision, where there is one. That somebody looked at it is recorded
 * before the first byte leaves; its hash once all bytes have.
 */
export const GET = route<{ name: string }>({ permission: 'records.read' }, async ({ request, actor, params: { name }, requestId }) => {
  if (!isBareFileName(name)) throw new Refusal('bad-request', 'A file is named by its bare name.', { field: 'name' });
  const { headers, signal } = request;
  const conditions = { range: headers.get('range'), ifRange: headers.get('if-range'), ifNoneMatch: headers.get('if-none-match') };
  let isCopy = false;
  const file = await openFile(name, conditions, signal).catch(async (failure: unknown) => {
    const copy = failure instanceof Refusal && failure.code === 'not-found' ? await keptFile(name) : null;
    if (!copy) throw failure;
    isCopy = true;
    return copy;
  });
  try {
    await recordEvidenceView(actor, name);
  } catch (failure) {
    file.body?.destroy();
    throw failure;
  }
  // What comes from a copy says nothing about the upstream's file.
  const response = fileResponse(name, file, async (sha256, size) => {
    if (isCopy) return;
    // The bytes are right even when their hash could not be kept; a decision then says it never saw them whole.
    await recordEvidenceHash(name, sha256, size).catch((err: unknown) => log().error({ err, requestId }, 'hash of evidence not recorded'));
  });
  if (isCopy) response.headers.set(KEPT_COPY_HEADER, file.lastModified ?? '');
  return response;
});
