import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { checkFiles } from './check-files';

/** How long a verdict waits for its files to be read again, and the file it does not wait for. */
const PATIENCE_MS = 1_000;
const WAITED_FOR_BYTES = 8 * 1024 * 1024;

/**
 * Reads the files of a case again at a verdict on it. Small files are waited for within a second; a large one is read in the background,
 * and a difference found then is a finding of the case.
 */
export async function readAtDecision(actor: Actor, claims: readonly FileClaim[]): Promise<void> {
  const isLarge = ({ size }: FileClaim) => size !== null && size > WAITED_FOR_BYTES;
  void checkFiles(actor, claims.filter(isLarge), 0);
  await checkFiles(
    actor,
    claims.filter((claim) => !isLarge(claim)),
    PATIENCE_MS,
  );
}
