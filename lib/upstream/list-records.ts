import { DEFAULT_QUERY, type Direction } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { wireList } from '@/lib/wire/list';
import { wireRecord } from '@/lib/wire/record';
import { listVerifications } from './list';
import { parseJsonBytes } from './read-json-bytes';
import { unreadable } from './refuse';
import { snapshotHash } from './snapshot-hash';

/** One entry of a page: a record as it came and its fingerprint. `id` alone when the rest cannot be kept, null when there is none. */
export interface ListedRecord {
  id: number | null;
  /** The parsed record; null when it cannot be kept. */
  record: unknown;
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
  const list = wireList.safeParse(parseJsonBytes(bytes));
  if (!list.success) throw unreadable();
  return { offset, limit, entries: list.data.data.map(listed), total: list.data.totalCount, askedAt };
}

function listed(entry: unknown): ListedRecord {
  const parsed = wireRecord.safeParse(entry);
  if (!parsed.success) return { id: null, record: null, snapshotHash: '' };
  const id = parsed.data.verificationId;
  try {
    return { id, record: entry, snapshotHash: snapshotHash(entry) };
  } catch (failure) {
    if (failure instanceof Refusal) return { id, record: null, snapshotHash: '' };
    throw failure;
  }
}
