import type { ChainVerdict, Head } from './chain';
import { readCheckpoints, readPublicKeys, signedByOneOf } from './checkpoint-files';
import { signingKey } from './signing-key';
import { storedLinks } from './stored-links';
import { verifyChain } from './verify-chain';

/**
 * Verifies the chain as the database holds it against every head that was signed, oldest link first, from the one after `from` on.
 * Throws when database or folder cannot be read.
 */
export async function verifyStoredChain(from?: Head): Promise<ChainVerdict> {
  // Read before the links: a head signed meanwhile would seem to lie behind the end.
  const checkpoints = readCheckpoints();
  const { keyId, publicKey } = signingKey();
  const isSigned = signedByOneOf(readPublicKeys().set(keyId, publicKey));
  return verifyChain(storedLinks(from?.seq), { checkpoints, isSigned, toTheEnd: from === undefined, ...(from && { from }) });
}
