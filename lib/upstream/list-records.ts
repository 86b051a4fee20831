import { isUtf8 } from 'node:buffer';
import { DEFAULT_QUERY, type Direction } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { wireList } from '@/lib/wire/list';
import { wireRecord } from '@/lib/wire/record';
import { adaptVerification } from './adapt';
import { listVerifications } from './list';
import { parseJson, parseJsonBytes } from './read-json-bytes';
import { unreadable } from './refuse';
import { snapshotHash } from './snapshot-hash';
import { PLACE, splitList } from './split-list';
import type { WholeRecord } from './whole-record';

/** One entry of a page. */
export interface ListedRecord {
  /** Null when it has none that could be read. */
  id: number | null;
  /** Null when it cannot be kept. */
  record: WholeRecord | null;
}

/** A page of the list by number. */
export interface RecordPage<Entry> {
  /** Place of the first entry in the list, from 0. */
  offset: number;
  /** Entries asked for; fewer came at the list's end, or when the upstream gives fewer at a time. */
  limit: number;
  entries: Entry[];
  /** Records of the whole list, as the upstream says. */
  total: number;
  /** Milliseconds since 1970, before the page was asked for. */
  askedAt: number;
}

/** `GET /v1/verification` sorted by verificationId, each record apart. Throws a Refusal `upstream-*`. */
export async function listRecords(
  direction: Direction,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<RecordPage<ListedRecord>> {
  const askedAt = Date.now();
  const { bytes } = await listVerifications({ ...DEFAULT_QUERY, sortBy: 'verificationId', direction, offset, limit }, signal);
  // What is no UTF-8 is read as well as it can be, and kept as it was read.
  const { entries, total } = entriesOf(isUtf8(bytes) ? bytes : new TextEncoder().encode(new TextDecoder().decode(bytes)));
  return { offset, limit, entries, total, askedAt };
}

type Entries = Pick<RecordPage<ListedRecord>, 'entries' | 'total'>;

function entriesOf(bytes: Uint8Array): Entries {
  const parts = splitList(bytes);
  const around = wireList.safeParse(parts ? parseJson(parts.around) : null);
  // Two members of the name, or one written with escapes: the last one counts, and only reading everything tells which it is.
  if (!parts || !around.success || around.data.data.length !== 1 || around.data.data[0] !== PLACE) return readWhole(bytes);
  return { entries: parts.records.map((raw) => listed(parseJson(raw.toString()), raw)), total: around.data.totalCount };
}

function readWhole(bytes: Uint8Array): Entries {
  const list = wireList.safeParse(parseJsonBytes(bytes));
  if (!list.success) throw unreadable();
  return { entries: list.data.data.map((entry) => listed(entry, null)), total: list.data.totalCount };
}

const LINE_BREAK = 0x0a;

/** `raw` is null where the entry's own bytes are not at hand. */
function listed(entry: unknown, raw: Uint8Array | null): ListedRecord {
  const parsed = wireRecord.safeParse(entry);
  if (!parsed.success) return { id: null, record: null };
  const id = parsed.data.verificationId;
  try {
    const fingerprint = snapshotHash(entry);
    const kept = raw === null || raw.includes(LINE_BREAK) ? Buffer.from(JSON.stringify(entry)) : raw;
    return { id, record: { verification: adaptVerification(entry), raw: kept, snapshotHash: fingerprint } };
  } catch (failure) {
    if (failure instanceof Refusal) return { id, record: null };
    throw failure;
  }
}
