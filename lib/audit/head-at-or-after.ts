import { db } from '@/lib/db/client';
import { readPublicKeys } from './checkpoint-files';
import { checkpointNow, type VerifiableCheckpoint } from './checkpoint-now';
import { signingKey } from './signing-key';

/**
 * The signed head an export that ends with event `seq` is bound to: the first one signed at or after it, or one signed now. Null while nothing was
 * ever recorded. Throws when the folder of the signed heads cannot be written.
 */
export async function headAtOrAfter(seq: number): Promise<VerifiableCheckpoint | null> {
  const { keyId, publicKey } = signingKey();
  const keys = readPublicKeys().set(keyId, publicKey);
  const known = await db().checkpoint.findFirst({ where: { seq: { gte: seq }, keyId: { in: [...keys.keys()] } }, orderBy: { seq: 'asc' } });
  if (!known) return checkpointNow();
  return { ...known, seq: Number(known.seq), at: known.at.toISOString(), publicKey: keys.get(known.keyId) ?? publicKey };
}
