import type { Actor } from '@/lib/domain/actor';
import type { EvidenceShown } from '@/lib/domain/evidence-shown';
import { fileNames } from '@/lib/domain/verification';
import { filesOfCase } from './claims';
import { claimsOf } from './files-in-index';
import { type ReadEvidence, unawaited } from './judged-hashes';
import { readAtDecision } from './read-at-decision';

/** Reads the files of a case again for a second reviewer's verdict, and returns their names with how that ended. */
export async function readAgain(actor: Actor, verificationId: number, shown: EvidenceShown | undefined): Promise<ReadEvidence> {
  const files = await filesOfCase(verificationId);
  const names = fileNames({ files });
  return { names, read: await readAtDecision(actor, claimsOf({ id: verificationId, files }), unawaited(names, shown)) };
}
