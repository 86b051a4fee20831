import type { Actor } from '@/lib/domain/actor';
import { fileNames } from '@/lib/domain/verification';
import { filesOfCase } from './claims';
import { claimsOf } from './files-in-index';
import type { FileNames } from './judged-hashes';
import { readAtDecision } from './read-at-decision';

/** Reads the files of a case again for a second reviewer's verdict, and returns their names. */
export async function readAgain(actor: Actor, verificationId: number): Promise<FileNames> {
  const files = await filesOfCase(verificationId);
  await readAtDecision(actor, claimsOf({ id: verificationId, files }));
  return fileNames({ files });
}
