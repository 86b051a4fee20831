import { Refusal } from '@/lib/domain/refusal';
import { GENESIS } from './chain';
import { brokenReason, chainFrom } from './chain-from';
import { readStop, type Stop } from './folder-marks';
import { logState, resumeSigning, stopSigning } from './log-state';
import { startingPoint } from './starting-point';
import { type StoredVerdict, verifyStoredChain } from './verify-stored-chain';

const AGAIN_AFTER_MS = 600_000;

let walkedAt = 0;

/**
 * Lets a stopped signer go on when the whole chain leads to every signed head again, for example after the right database was put back. Walks it
 * only when it leads to the newest head, and at most every ten minutes. Throws a Refusal `conflict` with the reason of the stop otherwise.
 */
export async function resumeIfWhole(): Promise<void> {
  const stop = readStop();
  if (!stop) return;
  if (Date.now() - walkedAt >= AGAIN_AFTER_MS && (await stopOf()) === null) {
    walkedAt = Date.now();
    await heedVerdict(await verifyStoredChain());
    if (!readStop()) return;
  }
  throw new Refusal('conflict', stop.reason);
}

/** Stops the signer when a walk of the whole chain found it broken, and lets a stopped one go on when it found the chain whole. */
export async function heedVerdict(verdict: StoredVerdict): Promise<void> {
  if (!verdict.whole) {
    const stop = (await stopOf()) ?? { kind: 'contradicted', reason: brokenReason(verdict.broken) };
    if (!readStop() || stop.kind === 'behind') await stopSigning(stop);
    return;
  }
  if (readStop() === null && (await logState()).open) return;
  if ((await stopOf()) === null) await resumeSigning();
}

/** Returns why nothing could be signed now, by the newest head alone; null where something could. */
async function stopOf(): Promise<Stop | null> {
  const start = await startingPoint();
  if (start === null) return null;
  if ('stop' in start) return start.stop;
  const extension = await chainFrom(start.signed ?? GENESIS);
  return 'stop' in extension ? extension.stop : null;
}
