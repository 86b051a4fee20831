import { log } from '@/lib/auth/log';
import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { Refusal } from '@/lib/domain/refusal';
import { checkUnread } from '@/lib/review/evidence/check-unread';
import { openEvidence } from '@/lib/review/evidence/open-evidence';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { isBareFileName } from '@/lib/upstream/bare-file-name';
import type { FileConditions, OpenFile } from '@/lib/upstream/file';
import type { Passing } from '@/lib/upstream/pass-on';
import { keptFile } from './kept-file';

/** When the copy was kept that is shown in place of a file the upstream lost. */
export const KEPT_COPY_HEADER = 'x-kept-copy';

/** An evidence file on its way to somebody whose look at it is recorded. */
export interface ViewedFile {
  file: OpenFile;
  chunks: AsyncIterator<Uint8Array>;
  passing: Passing | null;
  /** When the copy was kept that this is; null for the file itself. */
  keptAt: Date | null;
}

/**
 * Opens an evidence file for somebody to look at, the copy kept at a decision where the upstream does not deliver it. That they looked
 * is recorded before this resolves. Throws what `openEvidence` throws, and a Refusal `bad-request` for a name that is none.
 */
export async function openToView(
  actor: Actor,
  name: string,
  { conditions, signal, requestId }: { conditions: FileConditions; signal: AbortSignal; requestId: string },
): Promise<ViewedFile> {
  if (!isBareFileName(name)) throw new Refusal('bad-request', 'A file is named by its bare name.', { field: 'name' });
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
  return { file, chunks, passing: 'passing' in opened ? opened.passing : null, keptAt: 'keptAt' in opened ? opened.keptAt : null };
}
