import { log } from '@/lib/auth/log';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { Refusal } from '@/lib/domain/refusal';
import { route } from '@/lib/http/route';
import { checkUnread } from '@/lib/review/evidence/check-unread';
import { openEvidence } from '@/lib/review/evidence/open-evidence';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { isBareFileName } from '@/lib/upstream/bare-file-name';
import { fileResponse } from './file-response';
import { keptFile } from './kept-file';

/** When the copy was kept that is shown in place of a file the upstream lost. */
const KEPT_COPY_HEADER = 'x-kept-copy';

/**
 * One evidence file, whole or in part, streamed from the configured upstream; one it does not deliver comes from the copy kept at a
 * decision, where there is one. That somebody looked at it is recorded before the first byte leaves; what it was, once all bytes have. A
 * file that is fetched in parts is read whole in the background.
 */
export const GET = route<{ name: string }>({ permission: 'records.read' }, async ({ request, actor, params: { name }, requestId }) => {
  if (!isBareFileName(name)) throw new Refusal('bad-request', 'A file is named by its bare name.', { field: 'name' });
  const { headers, signal } = request;
  const conditions = { range: headers.get('range'), ifRange: headers.get('if-range'), ifNoneMatch: headers.get('if-none-match') };
  // The bytes are right even when it could not be recorded what they were; the file then counts as not checked.
  const onFault = (err: unknown) => log().error({ err, requestId }, 'check of evidence not recorded');
  // Players ask for everything and leave when they have enough of it; so may whoever saw half a picture, which is no look at a file.
  const left = (claim: FileClaim) => (conditions.range ? void checkUnread(actor, claim, onFault) : undefined);
  const opened = await openEvidence(actor, name, { conditions, signal, onFault, left }).catch(async (failure: unknown) => {
    const copy = failure instanceof Refusal && failure.code !== 'range-not-satisfiable' ? await keptFile(name) : null;
    if (!copy) throw failure;
    return copy;
  });
  const { file, chunks } = opened;
  try {
    await recordEvidenceView(actor, name);
    if ('claim' in opened && opened.passing === null && file.status === 206) await checkUnread(actor, opened.claim, onFault);
  } catch (failure) {
    file.body?.destroy();
    throw failure;
  }
  // What comes from a copy says nothing about the upstream's file.
  const response = fileResponse(name, file, chunks, 'passing' in opened ? opened.passing : null);
  if ('keptAt' in opened) response.headers.set(KEPT_COPY_HEADER, opened.keptAt.toISOString());
  return response;
});
