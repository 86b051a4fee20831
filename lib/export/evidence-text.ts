import { problemSentence } from '@/lib/domain/evidence-problem';
import { type EvidenceState, unacknowledged } from '@/lib/domain/evidence-state';
import type { Finding } from '@/lib/domain/finding';

type Known = EvidenceState | undefined;

/**
 * Returns what an extract says of the files of a record, as one word: `changed`, `lost`, `not seen` where one was never read to its
 * end, `not-checked-since <time>` where one was opened since and not read to its end, `unchanged` where both were as first seen when they
 * were last read. Nothing is said about the time after that. Pure.
 */
export function evidenceText(files: readonly Known[], findings: readonly Finding[]): string {
  if (findings.some(({ kind }) => kind === 'drift')) return 'changed';
  if (findings.some(({ kind }) => kind === 'file-missing')) return 'lost';
  if (files.length === 0 || files.some((file) => !file?.sha256)) return 'not seen';
  if (files.every((file) => file?.state === 'same')) return 'unchanged';
  const readAt = leastReadAt(files);
  return readAt === null ? 'not seen' : `not-checked-since ${new Date(readAt).toISOString()}`;
}

/** Returns when the file was read to its end whose last reading is longest ago; null when one never was. Pure. */
export function leastReadAt(files: readonly Known[]): number | null {
  const times = files.map((file) => file?.readAt ?? null);
  return times.length === 0 || times.includes(null) ? null : Math.min(...times.filter((at) => at !== null));
}

/** Returns the state of a file as a phrase for a page on paper, times in UTC. Pure. */
export function fileStateText(file: EvidenceState): string {
  const parts = [STATE[file.state](file)];
  for (const { from, until, acknowledged } of file.others)
    if (until !== null)
      parts.push(
        `held other bytes between ${utc(from)} and ${utc(until)}${acknowledged ? `, acknowledged by ${acknowledged.by}: ${acknowledged.reason}` : ''}`,
      );
  if (unacknowledged(file).some(({ until }) => until !== null)) parts.push('not acknowledged');
  return parts.join('; ');
}

const STATE: Record<EvidenceState['state'], (file: EvidenceState) => string> = {
  'not-checked': ({ readAt }) => (readAt === null ? 'not checked' : `not checked since ${utc(readAt)}`),
  checking: ({ readAt }) => (readAt === null ? 'not checked' : `not checked since ${utc(readAt)}`),
  same: ({ first, readAt }) =>
    `same as first seen ${utc(first?.at ?? null)}${first?.by ? ` by ${first.by}` : ''}, last read ${utc(readAt)}`,
  differs: ({ first, readAt }) => `differs from what was first seen ${utc(first?.at ?? null)}, last read ${utc(readAt)}`,
  lost: ({ problem, checkedAt }) => `lost, last tried ${utc(checkedAt)}: ${problemSentence(problem ?? '')}`,
};

const utc = (at: number | null) => (at === null ? 'at an unknown time' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}`);
