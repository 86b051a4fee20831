import type { RecordSource, SourceEntry } from './record-source';

/** Entries looked at in one place: more than one, so that an unreadable entry does not hide where it stands. */
const PROBE = 5;

/**
 * The place in the list, sorted upwards by verificationId, of the last record not above `cursor`; 0 when all are above.
 * Found by halving: places move as records come and go, so whoever goes there must see for himself. Throws a Refusal `upstream-*`.
 */
export async function locate(source: RecordSource, cursor: number, signal: AbortSignal): Promise<number> {
  const first = await source.page('asc', 0, PROBE, signal);
  let low = 0;
  let high = first.total;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const { entries } = await source.page('asc', middle, PROBE, signal);
    if (lowestOf(entries) <= cursor) low = middle;
    else high = middle;
  }
  return low;
}

function lowestOf(entries: SourceEntry[]): number {
  return Math.min(...entries.flatMap(({ id }) => (id === null ? [] : [id])));
}
