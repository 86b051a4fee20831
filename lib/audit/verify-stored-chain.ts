import type { Head } from './chain';
import { readCheckpoints, readPublicKeys, signedByOneOf } from './checkpoint-files';
import type { TornLine } from './checkpoint-lines';
import { signingKey } from './signing-key';
import { storedLinks } from './stored-links';
import { type ChainVerdict, verifyChain } from './verify-chain';

/** A verdict with the lines of the folder that hold no signed head. */
export type StoredVerdict = ChainVerdict & { torn: TornLine[] };

/**
 * Verifies the chain as the database holds it against every head that was signed, oldest link first, from the one after `from` on.
 * Throws when database or folder cannot be read.
 */
export async function verifyStoredChain(from?: Head): Promise<StoredVerdict> {
  // Read before the links: a head signed meanwhile would seem to lie behind the end.
  const { heads: checkpoints, torn } = readCheckpoints();
  const { keyId, publicKey } = signingKey();
  const isSigned = signedByOneOf(readPublicKeys().set(keyId, publicKey));
  const verdict = await verifyChain(storedLinks(from?.seq), { checkpoints, isSigned, toTheEnd: from === undefined, ...(from && { from }) });
  return { ...verdict, torn };
}
