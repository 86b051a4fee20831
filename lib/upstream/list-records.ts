import { DEFAULT_QUERY, type Direction } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { wireList } from '@/lib/wire/list';
import { wireRecord } from '@/lib/wire/record';
import { listVerifications } from './list';
import { parseJson, parseJsonBytes } from './read-json-bytes';
import { unreadable } from './refuse';
import { snapshotHash } from './snapshot-hash';
import { PLACE, splitList } from './split-list';

/** One entry of a page: a record as it came and its fingerprint. `id` alone when the rest cannot be kept, null when there is none. */
export interface ListedRecord {
  id: number | null;
  /**
   * The record's JSON as it came, without line breaks; null when it cannot be kept. A text, because pages wait for their turn:
   * everything a hundred records are made of would be moved about by the garbage collector meanwhile.
   */
  raw: string | null;
  snapshotHash: string;
}

/** A page of whole records by their numbers. */
export interface RecordPage {
  /** Place of the first entry in the list, from 0. */
  offset: number;
  /** Entries asked for; fewer came at the list's end, or when the upstream gives fewer at a time. */
  limit: number;
  entries: ListedRecord[];
  /** Records of the whole list, as the upstream says. */
  total: number;
  /** Milliseconds since 1970, before the page was asked for. */
  askedAt: number;
}

/** `GET /v1/verification` sorted by verificationId, each record apart. Throws a Refusal `upstream-*`. */
export async function listRecords(direction: Direction, offset: number, limit: number, signal?: AbortSignal): Promise<RecordPage> {
  const askedAt = Date.now();
  const { bytes } = await listVerifications({ ...DEFAULT_QUERY, sortBy: 'verificationId', direction, offset, limit }, signal);
  const { entries, total } = entriesOf(bytes);
  return { offset, limit, entries, total, askedAt };
}

function entriesOf(bytes: Uint8Array): Pick<RecordPage, 'entries' | 'total'> {
  const parts = splitList(bytes);
  const around = wireList.safeParse(parts ? parseJson(parts.around) : null);
  // Two members of the name, or one written with escapes: the last one counts, and only reading everything tells which it is.
  if (!parts || !around.success || around.data.data.length !== 1 || around.data.data[0] !== PLACE) return readWhole(bytes);
  return { entries: parts.records.map((raw) => listed(parseJson(raw), raw)), total: around.data.totalCount };
}

function readWhole(bytes: Uint8Array): Pick<RecordPage, 'entries' | 'total'> {
  const list = wireList.safeParse(parseJsonBytes(bytes));
  if (!list.success) throw unreadable();
  return { entries: list.data.data.map((entry) => listed(entry, null)), total: list.data.totalCount };
}

/** `raw` is null where the entry's own text is not at hand. */
function listed(entry: unknown, raw: string | null): ListedRecord {
  const parsed = wireRecord.safeParse(entry);
  if (!parsed.success) return { id: null, raw: null, snapshotHash: '' };
  const id = parsed.data.verificationId;
  try {
    const fingerprint = snapshotHash(entry);
    return { id, raw: raw === null || raw.includes('\n') ? JSON.stringify(entry) : raw.trim(), snapshotHash: fingerprint };
  } catch (failure) {
    if (failure instanceof Refusal) return { id, raw: null, snapshotHash: '' };
    throw failure;
  }
}
