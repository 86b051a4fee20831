import { punycodeDecoded } from './punycode';

/** Blanks, control characters, signs that are drawn as nothing (U+2800), and what Unicode lets a screen leave out (Default_Ignorable_Code_Point). `console.address_folded` names the same. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is meant
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each code point by itself
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\u{13430}-\u{13442}\u{16fe4}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/**
 * Returns an e-mail address in the one form it is stored, looked up and compared in: Unicode NFKC, so that composed, decomposed and
 * full-width spellings are one; lower case; without blanks and invisible characters; and the domain in Unicode rather than Punycode,
 * without a final dot. Pure; applying it twice changes nothing. `console.address_key` is the same in SQL, and
 * tests/db/mailbox.test.ts holds both together. Letters that only look alike (Latin and Cyrillic a) stay two addresses, as they are
 * two mailboxes.
 */
export function addressKey(email: string): string {
  const folded = foldedAddress(email);
  const at = folded.lastIndexOf('@');
  if (at === -1) return folded;
  const domain = folded
    .slice(at + 1)
    .split('.')
    .map(unicodeLabel)
    .join('.')
    .replace(/\.+$/, '');
  return `${folded.slice(0, at)}@${domain}`;
}

// Decomposed before its case is changed, no letter has a lower case of two characters.
function foldedAddress(text: string): string {
  const lower = [...text.normalize('NFKD')].map((char) => char.toLowerCase()).join('');
  return lower.replace(UNSEEN, '').normalize('NFKC').replaceAll('\u3002', '.');
}

// A label that stands for text no domain may hold is kept as it is written.
function unicodeLabel(label: string): string {
  if (!/^xn--[a-z0-9-]{1,59}$/.test(label)) return label;
  const decoded = punycodeDecoded(label.slice(4));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  return decoded === null || /^[\u0000-\u007f]*$/.test(decoded) || foldedAddress(decoded) !== decoded ? label : decoded;
}
