import { behind } from './chain-from';
import { logClosed } from './log-closed';
import { stopSigning } from './log-state';
import { newestSignedNumber } from './newest-signed-number';
import { beginFolder } from './starting-point';

/** How the database says that the log is closed; see the migration of `audit_log_state`. */
const CLOSED = 'SL001';

/**
 * Resolves to the number the chain gave an event. Throws a Refusal `log-closed` when the log is closed, or when the number belongs to an event that
 * was signed before: the database is then older than the log, and the caller's transaction must not be committed.
 */
export async function appendedNumber(appending: PromiseLike<{ seq: bigint }[]>): Promise<number> {
  const [row] = await Promise.resolve(appending).catch((failure: unknown) => {
    throw isClosed(failure) ? logClosed() : failure;
  });
  if (!row) throw new Error('The audit event got no number.');
  const seq = Number(row.seq);
  const signed = newestSignedNumber();
  if (seq <= signed) {
    // Not awaited: it takes a connection of its own, while the caller's transaction holds one and the lock of the log.
    void stopSigning(behind({ seq: signed })).catch(() => undefined);
    throw logClosed();
  }
  if (seq === 1) await beginFolder();
  return seq;
}

function isClosed(failure: unknown): boolean {
  return failure instanceof Error && JSON.stringify(failure).includes(`"${CLOSED}"`);
}
