import type { FlawKind } from '@/lib/domain/record-flaw';
import { indexedText } from '@/lib/domain/searchable-tag';
import { verificationIdOf } from '@/lib/domain/verification-id';
import type { SourceEntry, SourcePage } from './record-source';

/** An entry of the list that cannot be read. */
export interface UnreadableEntry {
  /** Names the entry from one page to the next: `id 7`, `after 6 + 1`, or `at 12` where no number is known. */
  place: string;
  verificationId: number | null;
  /** The number as the upstream writes it. */
  givenId: string | null;
  /** Place in the list by verificationId, from 0. */
  position: number;
  flaw: FlawKind;
}

/** A stretch of the list that was read, and what in it could not be. */
export interface Covered {
  /** First and last position, from 0. */
  from: number;
  to: number;
  unreadable: UnreadableEntry[];
}

const GIVEN_BYTES = 160;

/** Returns which positions a page covers and which of its entries cannot be read. A page at the end of the list covers all behind it. Pure. */
export function coveredBy(page: Pick<SourcePage, 'entries' | 'offset' | 'direction' | 'total'>): Covered {
  const isUpwards = page.direction === 'asc';
  const entries = isUpwards ? page.entries : page.entries.toReversed();
  const from = isUpwards ? page.offset : Math.max(0, page.total - page.offset - entries.length);
  const reachesEnd = from + entries.length >= page.total;
  const unreadable = entries.flatMap((entry, at) => (entry.row === null ? [unreadableEntry(entries, at, from)] : []));
  return {
    from,
    to: reachesEnd ? Number.MAX_SAFE_INTEGER : from + entries.length - 1,
    unreadable: [...new Map(unreadable.map((entry) => [entry.place, entry])).values()],
  };
}

function unreadableEntry(entries: SourceEntry[], at: number, from: number): UnreadableEntry {
  const { id, flaw } = entries[at] ?? { id: null, flaw: null };
  const givenId = flaw?.givenId == null ? null : indexedText(flaw.givenId, GIVEN_BYTES);
  const before = entries.findLastIndex((entry, index) => index < at && entry.id !== null);
  const verificationId = id ?? (givenId === null ? null : verificationIdOf(givenId)) ?? idBetween(entries, before, at);
  const anchor = entries[before]?.id ?? null;
  const behind = anchor === null ? `at ${from + at}` : `after ${anchor} + ${at - before}`;
  return {
    place: verificationId === null ? behind : `id ${verificationId}`,
    verificationId,
    givenId,
    position: from + at,
    flaw: flaw?.kind ?? 'left-out',
  };
}

// The list is sorted by number: when its neighbours leave room for exactly the entries between them, the number is known.
function idBetween(entries: SourceEntry[], before: number, at: number): number | null {
  const after = entries.findIndex((entry, index) => index > at && entry.id !== null);
  const [lower, upper] = [entries[before]?.id ?? null, entries[after]?.id ?? null];
  if (lower === null || upper === null || upper - lower !== after - before) return null;
  return lower + (at - before);
}
