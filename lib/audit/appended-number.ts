import type { Refusal } from '@/lib/domain/refusal';
import { behind } from './chain-from';
import { logClosed } from './log-closed';
import { stopSigning } from './log-state';
import { newestSignedNumber } from './newest-signed-number';
import { beginFolder } from './starting-point';

/** How the database says that the log is closed, and that a number was signed before; see the migrations of `audit_log_state` and of reading. */
const CLOSED = 'SL001';
const SIGNED_BEFORE = 'SL002';

/**
 * Resolves to the number the chain gave an event. Throws a Refusal `log-closed` when the log is closed, or when the number belongs to an event that
 * was signed before: the database is then older than the log, and the caller's transaction must not be committed.
 */
export async function appendedNumber(appending: PromiseLike<{ seq: bigint }[]>): Promise<number> {
  const [row] = await Promise.resolve(appending).catch((failure: unknown) => {
    throw notAppended(failure);
  });
  if (!row) throw new Error('The audit event got no number.');
  const seq = Number(row.seq);
  if (seq <= newestSignedNumber()) throw signedBefore();
  if (seq === 1) await beginFolder();
  return seq;
}

/** Returns what to throw in place of a failed append: a Refusal `log-closed` where the database says so, and closes the log when a number was signed before. */
export function notAppended(failure: unknown): unknown {
  if (says(failure, SIGNED_BEFORE)) return signedBefore();
  return says(failure, CLOSED) ? logClosed() : failure;
}

function signedBefore(): Refusal {
  // Not awaited: it takes a connection of its own, while the caller's transaction holds one and the lock of the log.
  void stopSigning(behind({ seq: newestSignedNumber() })).catch(() => undefined);
  return logClosed();
}

function says(failure: unknown, code: string): boolean {
  return failure instanceof Error && JSON.stringify(failure).includes(`"${code}"`);
}
