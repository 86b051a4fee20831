import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { type CheckResult, checkFile } from './check-file';
import { withinPatience } from './within-patience';

/** How the checks of files ended, by their names; a file that is not here is still being read. */
export type FilesRead = ReadonlyMap<string, CheckResult>;

export interface CheckFilesOptions {
  /** A check that began earlier is not the one that is asked for. Milliseconds since 1970; by default a second ago. */
  since?: number;
  onFault?: (fault: unknown) => void;
}

/**
 * Checks files and waits for them no longer than `patienceMs`; what takes longer goes on without its caller, and its state says that it
 * is being checked. Resolves to the checks that ended. A check that fails for a fault of the console is reported to `onFault` and leaves its file unchecked.
 */
export async function checkFiles(
  actor: Actor,
  claims: readonly FileClaim[],
  patienceMs: number,
  { since, onFault = console.error }: CheckFilesOptions = {},
): Promise<FilesRead> {
  const read = new Map<string, CheckResult>();
  const checked = (claim: FileClaim) =>
    checkFile(actor, claim, since === undefined ? {} : { since }).then((result) => read.set(claim.name, result), onFault);
  await withinPatience(Promise.all(claims.map(checked)), patienceMs);
  return new Map(read);
}
