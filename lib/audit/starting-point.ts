import { db } from '@/lib/db/client';
import { readLastCheckpoint, readPublicKeys, signedByOneOf } from './checkpoint-files';
import { hasBegun, markBegun, type Stop } from './folder-marks';
import type { Checkpoint } from './signed-head';
import { signingKey } from './signing-key';

/**
 * Returns the head the signer goes on from: the one signed last, or `signed: null` for a log that begins. Null while nothing was ever
 * recorded. A folder that holds no signed head although the log has events is a stop: it may have been lost, so an administrator has to confirm it.
 */
export async function startingPoint(): Promise<{ signed: Checkpoint | null } | { stop: Stop } | null> {
  const signed = readLastCheckpoint();
  if (signed) return isOurs(signed) ? { signed } : { stop: foreign(signed) };
  const [event, shown] = await Promise.all([
    db().auditEvent.findFirst({ orderBy: { seq: 'asc' }, select: { seq: true } }),
    db().checkpoint.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } }),
  ]);
  if (!event && !shown) {
    markBegun();
    return null;
  }
  if (hasBegun() && !shown) return { signed: null };
  return { stop: noHeads() };
}

/** Marks the folder as the one of a log that begins, when this event is the first of its log. Call it once the first event is appended. */
export async function beginFolder(): Promise<void> {
  if (hasBegun() || readLastCheckpoint()) return;
  const shown = await db().checkpoint.findFirst({ select: { seq: true } });
  if (!shown) markBegun();
}

function isOurs(head: Checkpoint): boolean {
  const { keyId, publicKey } = signingKey();
  return signedByOneOf(readPublicKeys().set(keyId, publicKey))(head);
}

function foreign({ seq, keyId }: Checkpoint): Stop {
  return {
    kind: 'contradicted',
    reason: `The newest signed head (event ${seq}, key ${keyId}) in the folder of the signed heads was signed by no key this installation knows. Put the file ${keyId}.pub back, or restore the folder from its copy.`,
  };
}

function noHeads(): Stop {
  return {
    kind: 'no-heads',
    reason:
      'The folder of the signed heads is empty although the log has events. Check AUDIT_CHECKPOINT_DIR and put the folder back; if it is lost, an administrator confirms that with npm run audit:restored.',
  };
}
