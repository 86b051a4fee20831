import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { checkFiles, type FilesRead } from './check-files';

/** How long a verdict waits for its files to be read again. */
export const VERDICT_PATIENCE_MS = 1_000;

/**
 * Reads the files of a case again at a verdict on it and resolves to what ended within a second. What takes longer goes on in the
 * background, and a difference found then is a finding of the case. `unawaited` names files whose reviewer goes on without a comparison.
 */
export async function readAtDecision(actor: Actor, claims: readonly FileClaim[], unawaited: readonly string[] = []): Promise<FilesRead> {
  const isAwaited = ({ name }: FileClaim) => !unawaited.includes(name);
  const awaited = checkFiles(actor, claims.filter(isAwaited), VERDICT_PATIENCE_MS);
  const others = claims.filter((claim) => !isAwaited(claim));
  void checkFiles(actor, others, 0);
  return awaited;
}
