import { checkpointNow, type VerifiableCheckpoint } from '@/lib/audit/checkpoint-now';
import { requireSignedEvents } from '@/lib/audit/require-signed-events';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { AskedExport } from './extract';
import { recordRefusedExport } from './refuse-export';

/**
 * Signs the head an export is bound to, after comparing the log with every signed head. Null while nothing was ever recorded. Throws a Refusal
 * `conflict` when the log contradicts one, or when nothing can be signed; that the export was refused is recorded then, unless the log takes no events.
 */
export async function pinHead(actor: Actor, asked: AskedExport): Promise<VerifiableCheckpoint | null> {
  try {
    await requireSignedEvents();
    return await checkpointNow();
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    await recordRefusedExport(actor, asked, failure.message);
    throw new Refusal('conflict', `Nothing was exported, because the end of the audit log cannot be signed. ${failure.message}`);
  }
}
