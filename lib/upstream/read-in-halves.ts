import type { RecordFlaw } from '@/lib/domain/record-flaw';
import { GarbledAnswer, garbled } from './refuse';

/** A stretch of a list. */
export interface Part {
  /** Place of its first entry, from 0. */
  offset: number;
  limit: number;
}

export interface Entries<Entry> {
  entries: Entry[];
  /** Records of the whole list. */
  total: number;
}

export interface PartReader<Entry> {
  /** Throws a GarbledAnswer when something in the part makes all of it unreadable. */
  read(part: Part): Promise<Entries<Entry>>;
  /** Returns what stands for a record that cannot be read even alone. */
  unreadable(flaw: RecordFlaw): Entry;
}

/** Requests one page may cost beyond the first: enough to find three garbled records among a hundred. */
const REQUESTS_MAX = 60;
/** Garbled records in a row, with nothing readable before them, after which the service itself is at fault and not a record. */
const GARBLED_MAX = 4;

const LEFT_OUT: RecordFlaw = { kind: 'left-out', givenId: null };

/**
 * Reads a part of a list. When it is garbled it is read again in halves, and so on down to single records, so that one record that no
 * parser understands never hides its neighbours. Throws the GarbledAnswer when nothing in it can be read, and whatever `read` throws.
 */
export async function readInHalves<Entry>({ offset, limit }: Part, reader: PartReader<Entry>): Promise<Entries<Entry>> {
  let requests = 0;
  let garbledInARow = 0;
  let readable = 0;

  async function readPart(wanted: Part): Promise<{ entries: Entry[]; total: number | null }> {
    try {
      requests += 1;
      const found = await reader.read(wanted);
      readable += found.entries.length;
      const isHole = wanted.limit === 1 && found.entries.length === 0 && wanted.offset < found.total;
      return isHole ? { ...found, entries: [reader.unreadable(LEFT_OUT)] } : found;
    } catch (failure) {
      if (!(failure instanceof GarbledAnswer) || requests > REQUESTS_MAX) throw failure;
      if (wanted.limit > 1) return readHalves(wanted);
      garbledInARow += 1;
      if (readable === 0 && garbledInARow >= GARBLED_MAX) throw failure;
      return { entries: [reader.unreadable(failure.flaw)], total: null };
    }
  }

  async function readHalves({ offset, limit }: Part): Promise<{ entries: Entry[]; total: number | null }> {
    const size = Math.ceil(limit / 2);
    const first = await readPart({ offset, limit: size });
    // Fewer than asked for: the list ends here, or the service gives fewer at a time, and the caller goes on behind them.
    if (first.entries.length < size) return first;
    const second = await readPart({ offset: offset + size, limit: limit - size });
    return { entries: [...first.entries, ...second.entries], total: second.total ?? first.total };
  }

  const { entries, total } = await readPart({ offset, limit });
  if (total === null) throw garbled();
  return { entries, total };
}
