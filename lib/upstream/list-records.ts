import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { DEFAULT_QUERY, type Direction, type GridQuery } from '@/lib/domain/grid-query';
import { flawOf, givenIdIn, type RecordFlaw } from '@/lib/domain/record-flaw';
import { wireList } from '@/lib/wire/list';
import { wireRecord } from '@/lib/wire/record';
import { adaptRecord } from './adapt';
import { listVerifications } from './list';
import { parseTolerantly } from './parse-tolerantly';
import { type Entries, readInHalves } from './read-in-halves';
import { FlawedRecord, GarbledAnswer, garbled } from './refuse';
import { snapshotHash } from './snapshot-hash';
import { PLACE, splitList } from './split-list';
import type { WholeRecord } from './whole-record';

/** One entry of a page. */
export interface ListedRecord {
  /** Null when it has none that could be read. */
  id: number | null;
  /** Null when it cannot be kept. */
  record: WholeRecord | null;
  /** Why not; null when it can. */
  flaw: RecordFlaw | null;
}

/** What is asked for: a page of the list by verificationId. */
export interface PlaceInList {
  direction: Direction;
  /** Place of the first entry in the list, from 0. */
  offset: number;
  /** Entries asked for, at most 100. */
  limit: number;
}

/** A page of the list; there may be fewer entries than asked for, at the list's end or when the upstream gives fewer at a time. */
export interface RecordPage<Entry> extends PlaceInList {
  entries: Entry[];
  /** Records of the whole list, as the upstream says. */
  total: number;
  /** Milliseconds since 1970, before the page was asked for. */
  askedAt: number;
}

/** Pages that came in the meantime wait for the one being read: whoever waits for that one waits for no other. */
const oneByOne = pLimit(1);

/** `GET /v1/verification` sorted by verificationId, as `listEntries` reads it. Throws a Refusal `upstream-*`. */
export async function listRecords<Entry>(
  place: PlaceInList,
  take: (listed: ListedRecord) => Entry,
  signal?: AbortSignal,
): Promise<RecordPage<Entry>> {
  const askedAt = Date.now();
  const page = await listEntries({ ...DEFAULT_QUERY, sortBy: 'verificationId', ...place }, take, signal);
  return { ...place, ...page, askedAt };
}

/**
 * A page of the list, each record apart and made into what `take` gives for it. Pages are read in short turns, so that whatever else
 * this process does waits for a millisecond at most. A page that is garbled is asked for again in halves, until the record that
 * garbles it stands alone. Throws a Refusal `upstream-*`.
 */
export function listEntries<Entry>(query: GridQuery, take: (listed: ListedRecord) => Entry, signal?: AbortSignal): Promise<Entries<Entry>> {
  return readInHalves(query, {
    read: async (part) => {
      const { bytes } = await listVerifications({ ...query, ...part }, signal);
      return readEntries(bytes, take).catch((failure: unknown) => {
        throw failure instanceof GarbledAnswer ? named(failure, bytes) : failure;
      });
    },
    unreadable: (flaw) => take({ id: null, record: null, flaw }),
  });
}

// Of the one record in an answer, even one that no parser understands, the number can often still be seen.
function named({ flaw }: GarbledAnswer, bytes: Uint8Array): GarbledAnswer {
  return new GarbledAnswer({ ...flaw, givenId: givenIdIn(new TextDecoder().decode(bytes)) });
}

function readEntries<Entry>(bytes: Uint8Array, take: (listed: ListedRecord) => Entry): Promise<Entries<Entry>> {
  return oneByOne(async () => {
    // What is no UTF-8 is read as well as it can be, and kept as it was read.
    const { records, total } = recordsOf(isUtf8(bytes) ? bytes : new TextEncoder().encode(new TextDecoder().decode(bytes)));
    const entries: Entry[] = [];
    for (const record of records) {
      if (entries.length % TURN === 0) await nextTurn();
      // At once, for pages wait for their turn: all that a hundred records are made of would be moved about by the garbage collector.
      entries.push(take(record()));
    }
    return { entries, total };
  });
}

/** Records read in a turn. */
const TURN = 10;

interface Records {
  /** Each reads its record. */
  records: (() => ListedRecord)[];
  total: number;
}

function recordsOf(bytes: Uint8Array): Records {
  const parts = splitList(bytes);
  const around = parts && wireList.safeParse(jsonOf(parts.around));
  // Two members of the name, or one written with escapes: the last one counts, and only reading everything tells which it is.
  if (!around?.success || around.data.data.length !== 1 || around.data.data[0] !== PLACE) return readWhole(bytes);
  const raws = parts?.records ?? [];
  const areCutRight = once(() => isCutRight(raws, around.data.count));
  return { records: raws.map((raw) => () => readRecord(raw, areCutRight)), total: around.data.totalCount };
}

function readWhole(bytes: Uint8Array): Records {
  const list = wireList.safeParse(jsonOf(new TextDecoder().decode(bytes)));
  if (!list.success) throw garbled();
  return { records: list.data.data.map((entry) => () => listed(entry, null, null)), total: list.data.totalCount };
}

// A page whose parts are no JSON may have been cut in the wrong places: a record that seems broken is then only a piece of one.
function readRecord(raw: Buffer, areCutRight: () => boolean): ListedRecord {
  const text = raw.toString();
  try {
    const { value, isRepaired } = parsed(text);
    return listed(value, isRepaired ? null : raw, text);
  } catch (failure) {
    if (!(failure instanceof GarbledAnswer) || !areCutRight()) throw failure;
    return { id: null, record: null, flaw: { ...failure.flaw, givenId: givenIdIn(text) } };
  }
}

const A_NUMBER = /"verificationId"/g;

/**
 * Returns whether parts of a page can only be its records, although some are no JSON: there are as many as the page counts, and each is
 * in braces and gives itself one number. Then a broken one stands alone already, and nothing has to be asked for again.
 */
function isCutRight(raws: readonly Buffer[], count: number | undefined): boolean {
  if (raws.length !== count) return false;
  return raws.every((raw) => raw[0] === BRACE && raw.at(-1) === BRACE_END && raw.toString().match(A_NUMBER)?.length === 1);
}

const [BRACE, BRACE_END] = [0x7b, 0x7d];

function once(decide: () => boolean): () => boolean {
  let decided: boolean | null = null;
  return () => {
    decided ??= decide();
    return decided;
  };
}

function jsonOf(text: string): unknown {
  return parsed(text).value;
}

function parsed(text: string): ReturnType<typeof parseTolerantly> {
  try {
    return parseTolerantly(text);
  } catch {
    throw garbled();
  }
}

const LINE_BREAK = 0x0a;

/** `raw` and `text` are null where the entry's own bytes are not at hand. */
function listed(entry: unknown, raw: Uint8Array | null, text: string | null): ListedRecord {
  const parsed = wireRecord.safeParse(entry);
  if (!parsed.success) return { id: null, record: null, flaw: flawOf(entry, text) };
  const id = parsed.data.verificationId;
  try {
    const fingerprint = snapshotHash(entry);
    const kept = raw === null || raw.includes(LINE_BREAK) ? Buffer.from(JSON.stringify(entry)) : raw;
    return { id, record: { verification: adaptRecord(parsed.data), raw: kept, snapshotHash: fingerprint }, flaw: null };
  } catch (failure) {
    if (failure instanceof FlawedRecord) return { id, record: null, flaw: failure.flaw };
    throw failure;
  }
}
