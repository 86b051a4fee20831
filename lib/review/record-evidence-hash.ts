import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { caseOfFile } from './case-of-file';
import { recordCheck } from './evidence/record-check';

/** Records that the console read an evidence file whole: its hex sha256 and its size in bytes. See `recordCheck`. */
export async function recordEvidenceHash(name: string, sha256: string, size: number): Promise<void> {
  await recordCheck(SYSTEM_ACTOR, { name, verificationId: caseOfFile(name) }, { result: 'seen', sha256, size });
}
