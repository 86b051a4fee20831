import { db } from '@/lib/db/client';
import { readComparison } from './folder-marks';

/** What is known of the last comparison of everything the console holds with the log. */
export interface LastComparison {
  /** Milliseconds since 1970; null while there was none. */
  at: number | null;
  differences: number;
  sentence: string | null;
  /** Whether it is more than 26 hours ago, or the log is that old and there was none: a night was missed. */
  isLate: boolean;
}

const LATE_MS = 26 * 3_600_000;

/**
 * Returns what the last comparison found. The folder of the signed heads says when it was; a difference counts whether the folder or the
 * table has it, so that nobody takes an alarm away by writing to the table. A console without the folder has the table alone.
 */
export async function lastComparison(now = Date.now()): Promise<LastComparison> {
  const [kept, row] = [readComparison(), await db().reconciliation.findUnique({ where: { id: 1 } })];
  const at = kept ? Date.parse(kept.at) : (row?.at.getTime() ?? null);
  const differences = Math.max(kept?.differences ?? 0, row?.differences ?? 0);
  const sentence = kept?.sentence ?? row?.sentence ?? null;
  // A time in the future is none that a comparison was made at.
  const isLate = at === null ? await isOld(now) : now - at > LATE_MS || at - now > LATE_MS;
  return { at, differences, sentence, isLate };
}

async function isOld(now: number): Promise<boolean> {
  const first = await db().auditEvent.findFirst({ orderBy: { seq: 'asc' }, select: { at: true } });
  return first !== null && now - first.at.getTime() > LATE_MS;
}
