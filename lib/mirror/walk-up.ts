import { locate } from './locate';
import { PageReader } from './page-reader';
import type { RecordSource, SourceEntry, SourcePage } from './record-source';
import { type Covered, coveredBy } from './unreadable-entries';

/** Where a walk stands; see `SyncPoint`. */
export interface WalkPoint {
  cursor: number;
  position: number;
  unreadable: number;
}

/** One page of a walk, and where the walk stands after it. */
export interface WalkStep extends WalkPoint {
  /** Everything on the page, also what lies before the cursor. */
  entries: SourceEntry[];
  total: number;
  askedAt: number;
  covered: Covered;
  isLast: boolean;
}

export interface WalkOptions {
  /** Pages to ask for in advance. */
  ahead: number;
  signal: AbortSignal;
}

/** Searches for the place without coming forward, after which a list that never holds still is read on where it stands. */
const SEARCHES_MAX = 5;

/**
 * Reads the whole list upwards by verificationId, from behind the cursor to its end. What leads is the cursor: a page is only
 * taken when it begins at or before the last record taken, so that nothing slips through when records before it are deleted;
 * else the place is searched for anew. Throws a Refusal `upstream-*`.
 */
export async function* walkUp(source: RecordSource, from: WalkPoint, { ahead, signal }: WalkOptions): AsyncGenerator<WalkStep, void> {
  const reader = new PageReader(source, ahead, signal);
  let { cursor, unreadable } = from;
  let at = Math.max(0, from.position - 1);
  let isBlind = false;
  let searches = 0;
  try {
    for (;;) {
      const page = await reader.read(at);
      if (!isBlind && at > 0 && !joins(page, cursor) && searches < SEARCHES_MAX) {
        reader.forget();
        at = await locate(source, cursor, signal);
        searches += 1;
        continue;
      }
      searches = 0;
      const read = measure(page, cursor, isBlind || at === 0);
      cursor = read.cursor;
      unreadable += read.unreadable;
      isBlind = read.isBlind;
      yield { cursor, position: at + read.length, unreadable, ...pick(page), covered: coveredBy(page), isLast: read.isLast };
      if (read.isLast) return;
      at += read.next;
    }
  } finally {
    reader.forget();
  }
}

const pick = ({ entries, total, askedAt }: SourcePage) => ({ entries, total, askedAt });

function joins({ entries }: SourcePage, cursor: number): boolean {
  return entries.some(({ id }) => id !== null && id <= cursor);
}

interface Measured {
  cursor: number;
  /** Entries that are done with. */
  length: number;
  /** Entries until the first one of the next page. */
  next: number;
  /** Whether the next page cannot begin with an entry known by its number. */
  isBlind: boolean;
  unreadable: number;
  isLast: boolean;
}

/** `isNew` says that nothing on the page was read before. */
function measure({ entries, offset, limit, total }: SourcePage, before: number, isNew: boolean): Measured {
  const cursor = entries.reduce((highest, { id }) => Math.max(highest, id ?? -1), before);
  const reachesEnd = offset + entries.length >= total;
  const isLast = entries.length === 0 || (reachesEnd && (entries.length < limit || cursor === before));
  const last = entries.findLastIndex(({ id }) => id !== null);
  // Entries without a number at the end of a page are read again on the next one, behind one that has a number.
  const isBlind = last < 1;
  const length = isBlind || isLast ? entries.length : last + 1;
  const first = isNew ? 0 : entries.findLastIndex(({ id }) => id !== null && id <= before) + 1;
  const unreadable = entries.slice(first, length).filter(({ row }) => row === null).length;
  return { cursor, length, next: isBlind ? length : last, isBlind, unreadable, isLast };
}
