import { db } from '@/lib/db/client';
import { keepCheckpoint } from './checkpoint-files';
import { type Checkpoint, signHead } from './signed-head';
import { signingKey } from './signing-key';

const ONE_AT_A_TIME = 7335652416n;

/** A signed head with the key to verify it, hex. */
export interface VerifiableCheckpoint extends Checkpoint {
  publicKey: string;
}

/**
 * Signs the head of the chain as it is committed, writes it to the folder outside the database, then into the table that is shown. A
 * head this key signed before is answered as it was. Null while nothing was ever recorded. Throws when the folder cannot be written.
 */
export async function checkpointNow(): Promise<VerifiableCheckpoint | null> {
  const key = signingKey();
  const { keyId, publicKey } = key;
  return db().$transaction(async (tx) => {
    // One at a time, and a statement of its own: the head is read by a snapshot taken after the lock.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ONE_AT_A_TIME})`;
    const head = await tx.auditEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
    if (!head) return null;
    const known = await tx.checkpoint.findUnique({ where: { seq_keyId: { seq: head.seq, keyId } } });
    if (known) {
      const { seq, hash, at, signature } = known;
      return { seq: Number(seq), hash, at: at.toISOString(), keyId, signature, publicKey };
    }
    const signed = signHead(key, { seq: Number(head.seq), hash: Buffer.from(head.hash).toString('hex') }, new Date());
    // The file first: what the table says must be there too. A signature left behind by a failure is no harm, the head was real.
    keepCheckpoint(signed, key);
    await tx.checkpoint.create({ data: { ...signed, seq: head.seq, at: new Date(signed.at) } });
    return { ...signed, publicKey };
  });
}
