import { cutList, isBlank, nextOf } from './cut-list';

/** A list's answer in parts: what stands around its records, and each record's JSON as it came. */
export interface SplitList {
  /** The answer as JSON with no more than `PLACE` in its `data`. */
  around: string;
  /** Views of the answer's bytes. */
  records: Buffer[];
}

/** Stands where the records were. */
export const PLACE = 'records';

/**
 * Cuts `{ ..., "data": [a, b, ...], ... }` into its records without reading them: a page as one long text costs more to make than
 * all its records, and their bytes are kept as they came. Nothing is checked: whoever parses every part has parsed the whole.
 * Null for anything that is built otherwise.
 */
export function splitList(bytes: Uint8Array): SplitList | null {
  const cuts = cutList(bytes);
  if (cuts === null) return null;
  const [list = 0] = cuts;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = cuts.slice(1).map((end, index) => trimmed(whole, (cuts[index] ?? 0) + 1, end));
  const end = cuts.at(-1) ?? 0;
  return {
    around: `${whole.toString('utf8', 0, list + 1)}"${PLACE}"${whole.toString('utf8', end)}`,
    records: records.length === 1 && records[0]?.length === 0 ? [] : records,
  };
}

/** The part without the blanks around it. */
function trimmed(bytes: Buffer, from: number, to: number): Buffer {
  const start = nextOf(bytes, from);
  let end = to;
  while (end > start && isBlank(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
