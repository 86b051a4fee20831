/** A list's answer in parts: what stands around its records, and each record's JSON as it came. */
export interface SplitList {
  /** The answer as JSON with no more than `PLACE` in its `data`. */
  around: string;
  /** Views of the answer's bytes. */
  records: Buffer[];
}

/** Stands where the records were. */
export const PLACE = 'records';

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const DATA = [...'"data"'].map((letter) => letter.charCodeAt(0));

/**
 * Cuts `{ ..., "data": [a, b, ...], ... }` into its records without reading them: a page as one long text costs more to make than
 * all its records, and their bytes are kept as they came. Nothing is checked: whoever parses every part has parsed the whole.
 * Null for anything that is built otherwise.
 */
export function splitList(bytes: Uint8Array): SplitList | null {
  const list = arrayOf(bytes);
  const cuts = list === null ? null : cutsOf(bytes, list);
  if (list === null || cuts === null) return null;
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

/** Where the `[` behind the outermost object's member `data` stands. */
function arrayOf(bytes: Uint8Array): number | null {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfText(bytes, at);
      if (depth === 1 && DATA.every((letter, index) => bytes[at + index] === letter)) {
        const colon = nextOf(bytes, end + 1);
        const value = nextOf(bytes, colon + 1);
        if (bytes[colon] === COLON && bytes[value] === BRACKET) return value;
      }
      at = end;
    } else if (byte === BRACE || byte === BRACKET) depth += 1;
    else if (byte === BRACE_END || byte === BRACKET_END) depth -= 1;
  }
  return null;
}

/** The places of the `[` at `start`, of each comma between its members, and of its `]`. */
function cutsOf(bytes: Uint8Array, start: number): number[] | null {
  const cuts = [start];
  let depth = 0;
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === BRACE || byte === BRACKET) depth += 1;
    else if (depth > 0 && (byte === BRACE_END || byte === BRACKET_END)) depth -= 1;
    else if (depth === 0 && byte === COMMA) cuts.push(at);
    else if (byte === BRACKET_END) return [...cuts, at];
    else if (byte === BRACE_END) return null;
  }
  return null;
}

/** Where the text that begins with the quote at `start` ends; the end of everything when it does not. */
function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function nextOf(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(bytes[at])) at += 1;
  return at;
}

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
