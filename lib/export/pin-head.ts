import { checkpointNow, type VerifiableCheckpoint } from '@/lib/audit/checkpoint-now';
import { requireSignedEvents } from '@/lib/audit/require-signed-events';
import { Refusal } from '@/lib/domain/refusal';

/**
 * Signs the head an export is bound to, after comparing the log with every signed head. Null while nothing was ever recorded. Throws a Refusal
 * `conflict` when the log contradicts one, or when nothing can be signed.
 */
export async function pinHead(): Promise<VerifiableCheckpoint | null> {
  try {
    await requireSignedEvents();
    return await checkpointNow();
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    throw new Refusal('conflict', `Nothing was exported, because the end of the audit log cannot be signed. ${failure.message}`);
  }
}
