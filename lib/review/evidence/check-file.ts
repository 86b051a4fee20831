import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import type { ReadOutcome } from './file-gauge';
import { readFile } from './read-file';
import { beginCheck, giveUpCheck, readingBegins, recordCheck } from './record-check';

/** Files read at a time, and files that may wait; one more is not checked, which its state says. */
const AT_A_TIME = 4;
const WAITING_MAX = 500;
/** The largest file over the slowest line that is still waited for. */
const PATIENCE_MS = 5 * 60_000;
/** A check that began so shortly before it was asked for is the one that is asked for. */
const SAME_CHECK_MS = 1_000;

/** How a check ended; null when it says nothing about the file. */
export type CheckResult = ReadOutcome['result'] | null;

interface Running {
  startedAt: number;
  ended: Promise<CheckResult>;
}

const running = new Map<string, Running>();
const waiting: (() => void)[] = [];
let reading = 0;

export interface CheckOptions {
  /** A check that began earlier is not the one that is asked for. Milliseconds since 1970. */
  since?: number;
  /** Called once the file counts as being checked. */
  onBegun?: () => void;
}

/**
 * Checks a file on somebody's behalf: reads it to its end and records what was found. Resolves to how that ended, null when it could
 * not be done. One file is read once at a time: who asks meanwhile waits for that check, or for the next one when it began too long ago.
 */
export async function checkFile(actor: Actor, claim: FileClaim, options: CheckOptions = {}): Promise<CheckResult> {
  const { since = Date.now() - SAME_CHECK_MS, onBegun } = options;
  const known = running.get(claim.name);
  if (known) {
    onBegun?.();
    const result = await known.ended;
    return known.startedAt >= since ? result : checkFile(actor, claim, { since });
  }
  if (waiting.length >= WAITING_MAX) return null;
  const check: Running = { startedAt: Date.now(), ended: Promise.resolve(null) };
  running.set(claim.name, check);
  check.ended = readAndRecord(actor, claim, onBegun).finally(() => running.delete(claim.name));
  return check.ended;
}

async function readAndRecord(actor: Actor, claim: FileClaim, onBegun?: () => void): Promise<CheckResult> {
  await beginCheck(actor, claim);
  onBegun?.();
  if (reading < AT_A_TIME) reading += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    const began = await readingBegins(claim.name);
    const { outcome } = await readFile(claim, AbortSignal.timeout(PATIENCE_MS));
    const isTelling = outcome && (claim.isKnown || outcome.result !== 'foreign');
    if (isTelling) return (await recordCheck(actor, claim, outcome, began)) ? outcome.result : null;
    await giveUpCheck(actor, claim);
    return null;
  } finally {
    // The place goes to who waits longest, or is free.
    const next = waiting.shift();
    if (next) next();
    else reading -= 1;
  }
}
