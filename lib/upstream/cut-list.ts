/** Where the members of a list stand in an answer's bytes: the place of its `[`, of each comma between its members, and of its `]`. */
export type Cuts = readonly number[];

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const DATA = [...'"data"'].map((letter) => letter.charCodeAt(0));

/**
 * Finds the members of `data` in `{ ..., "data": [a, b, ...], ... }` without reading them. Null for anything that is built otherwise.
 * Pure; works in server and browser alike.
 */
export function cutList(bytes: Uint8Array): Cuts | null {
  const list = arrayOf(bytes);
  return list === null ? null : cutsOf(bytes, list);
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

/** The place of the first byte from `from` on that is no blank. */
export function nextOf(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(bytes[at])) at += 1;
  return at;
}

export const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
