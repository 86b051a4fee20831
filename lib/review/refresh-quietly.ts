import { Refusal } from '@/lib/domain/refusal';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import { requireCase } from './require-case';

const PATIENCE_MS = 1_000;

/**
 * Takes the upstream's record over as it is now. An upstream that is slow or away keeps nobody from working; only a case neither
 * it nor this console knows is a Refusal, `not-found`.
 */
export async function refreshQuietly(verificationId: number): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    await refreshRecord(verificationId, patience);
  } catch (failure) {
    if (patience.aborted || (failure instanceof Refusal && failure.code.startsWith('upstream-'))) return;
    if (!(failure instanceof Refusal)) throw failure;
    await requireCase(verificationId);
  }
}
