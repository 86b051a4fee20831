import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { checkFile } from './check-file';

/**
 * Checks files and waits for them no longer than `patienceMs`; what takes longer goes on without its caller, and its state says that it
 * is being checked. A check that fails for a fault of the console is reported to `onFault` and leaves its file unchecked.
 */
export async function checkFiles(
  actor: Actor,
  claims: readonly FileClaim[],
  patienceMs: number,
  onFault: (fault: unknown) => void = console.error,
): Promise<void> {
  const done = new AbortController();
  const all = Promise.all(claims.map((claim) => checkFile(actor, claim).catch(onFault))).then(() => done.abort());
  if (patienceMs > 0) await Promise.race([all, pause(patienceMs, undefined, { signal: done.signal, ref: false }).catch(() => undefined)]);
}
