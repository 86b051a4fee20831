/** Control characters, and those that turn the direction of the text around them or are drawn as nothing. */
const NEVER_SEEN =
  '\\p{Cc}\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164' +
  '\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e001f}\\u{e0080}-\\u{e0fff}';
/**
 * Joiners, choices of a glyph and letters of flags belong to scripts and emoji, which stand beyond ASCII: beside ASCII they only hide. A
 * digit with such a choice and the sign after it is a keycap.
 */
const SEEN_ELSEWHERE =
  '(?<![^\\0-\\x7f])[\\u200c\\u200d\\u{e0020}-\\u{e007f}]|[\\u200c\\u200d](?![^\\0-\\x7f])|(?<![^\\0-\\x7f])[\\ufe00-\\ufe0f](?!\\u20e3)';
const HIDDEN = new RegExp(`[${NEVER_SEEN}]|${SEEN_ELSEWHERE}`, 'gu');
/** Cheaper to look for: whether there is anything to replace. */
const ANY_HIDDEN = new RegExp(HIDDEN.source, 'u');

/**
 * A text from elsewhere as it may be shown: every character that hides, breaks the line or turns the order of others stands as its name,
 * so that two texts that differ look different. `9999` U+202E `0001` reads `9999[U+202E]0001`. Pure.
 */
export function visibleText(text: string): string {
  return ANY_HIDDEN.test(text) ? text.replace(HIDDEN, nameOf) : text;
}

/** The text behind what `visibleText` made: who copies a shown value and searches for it finds its record. Pure. */
export function exactText(shown: string): string {
  return shown.replace(/\[U\+([0-9A-F]{4,5})\]/g, (name, code: string) => {
    const character = String.fromCodePoint(Number.parseInt(code, 16));
    return ANY_HIDDEN.test(character) ? character : name;
  });
}

/** The same for a text of several lines: line breaks and tabs stay as they are. Pure. */
export function visibleLines(text: string): string {
  return ANY_HIDDEN.test(text) ? text.replace(HIDDEN, (character) => (LAYOUT.includes(character) ? character : nameOf(character))) : text;
}

/** Returns the names of the characters that hide in a text, each once, such as `U+202E`; line breaks and tabs do not count. Pure. */
export function hiddenIn(text: string): string[] {
  if (!ANY_HIDDEN.test(text)) return [];
  const found = [...new Set(text.match(HIDDEN) ?? [])].filter((character) => !LAYOUT.includes(character));
  return found.map((character) => nameOf(character).slice(1, -1));
}

/** Characters that only lay a text out. */
const LAYOUT = '\n\r\t';

/** Letters of scripts written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The same for a sentence made of several texts: what is written from right to left is isolated, so that it does not reorder what stands
 * beside it. For plain text, as labels and titles; elements use `bdi`. Pure.
 */
export function isolatedText(text: string): string {
  const shown = visibleText(text);
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

const nameOf = (character: string) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
