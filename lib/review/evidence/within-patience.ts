import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when the work is done, or after `patienceMs`; the work then goes on without its caller. Rejects as the work does. */
export async function withinPatience(work: Promise<unknown>, patienceMs: number): Promise<void> {
  if (patienceMs <= 0) return;
  const done = new AbortController();
  const patience = pause(patienceMs, undefined, { signal: done.signal, ref: false }).catch(() => undefined);
  await Promise.race([work, patience]).finally(() => done.abort());
}
