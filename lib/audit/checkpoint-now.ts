import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { Refusal } from '@/lib/domain/refusal';
import { signingLock } from './audit-locks';
import { GENESIS, type Head } from './chain';
import { chainFrom } from './chain-from';
import { keepCheckpoint, readLastCheckpoint } from './checkpoint-files';
import { confirmDatabase } from './confirmed-database';
import { forgetBegun, hasBegun, readStop } from './folder-marks';
import { showSigning, stopSigning } from './log-state';
import { noteRotation, requireKeyInUse } from './note-rotation';
import { resumeIfWhole } from './resume-if-whole';
import { type Checkpoint, type SigningKey, signHead } from './signed-head';
import { signingKey } from './signing-key';
import { startingPoint } from './starting-point';

const TRIES = 20;

/** A signed head with the key to verify it, hex. */
export interface VerifiableCheckpoint extends Checkpoint {
  publicKey: string;
}

/**
 * Signs the newest event once the chain in the database leads there from the head that was signed last, as the folder outside the database has it.
 * The file is written first, then the table that is shown. A head that is signed already is returned as it was; null while nothing was ever
 * recorded. Throws a Refusal `conflict` when the chain does not lead there: the signer then stops until it does or a loss is declared. Throws an
 * Error when the folder cannot be written.
 */
export async function checkpointNow(): Promise<VerifiableCheckpoint | null> {
  const key = signingKey();
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (readStop()) await resumeIfWhole();
    const last = await startingPoint();
    if (last === null) return null;
    if (!('stop' in last)) await noteRotation(last.signed, key);
    const found = 'stop' in last ? last : await chainFrom(last.signed ?? GENESIS);
    if ('stop' in found) {
      await stopSigning(found.stop);
      throw new Refusal('conflict', found.stop.reason);
    }
    if ('stop' in last || found.head.seq === GENESIS.seq) return null;
    const signed = await signAfter(last.signed, found.head, key);
    if (signed) return { ...signed, publicKey: key.publicKey };
  }
  throw new Refusal('conflict', 'The audit log is being signed by another process. Try again in a few seconds.');
}

/** Signs `head` unless another process signed meanwhile; null then. */
function signAfter(last: Checkpoint | null, head: Head, key: SigningKey): Promise<Checkpoint | null> {
  return db().$transaction(async (tx) => {
    await signingLock(tx);
    const newest = readLastCheckpoint();
    if (newest?.signature !== last?.signature) return null;
    if (last && last.seq === head.seq && last.keyId === key.keyId) {
      await showCheckpoint(tx, last);
      await showSigning(tx);
      await confirmDatabase(tx);
      return last;
    }
    await requireKeyInUse(tx, key);
    const signed = signHead(key, head, momentAfter(last));
    keepCheckpoint(signed, key);
    if (hasBegun()) forgetBegun();
    await showCheckpoint(tx, signed);
    await showSigning(tx);
    await confirmDatabase(tx);
    return signed;
  });
}

/** Returns now, or the first moment after a head whose clock was ahead: heads are ordered by their times. */
export function momentAfter(last: Checkpoint | null): Date {
  return new Date(Math.max(Date.now(), last ? Date.parse(last.at) + 1 : 0));
}

/** Copies a signed head of the folder into the table that is shown, unless it is there. */
export async function showCheckpoint(
  tx: Prisma.TransactionClient,
  { seq, hash, at, keyId, signature, restored }: Checkpoint,
): Promise<void> {
  const range = restored && { restoredFrom: BigInt(restored.from), restoredTo: BigInt(restored.to) };
  await tx.checkpoint.createMany({ data: { seq: BigInt(seq), hash, at: new Date(at), keyId, signature, ...range }, skipDuplicates: true });
}
