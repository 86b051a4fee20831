/**
 * The one text of a plain value, by RFC 8785: members in the order of their names' UTF-16 units, no blanks, numbers and
 * strings as ECMAScript writes them. Throws a TypeError for what JSON cannot say: undefined, functions, dates and other
 * objects with a class, numbers that are not finite, text with a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonicalText(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new TypeError(`Canonical JSON cannot hold this ${typeof value}.`);
}

/** Nothing in it that JSON writes with a backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;
// With the u flag a pair is one code point, so only a half of one matches.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A string as it stands in canonical JSON. Throws a TypeError for a lone surrogate. */
export function canonicalText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new TypeError('Canonical JSON cannot hold a lone surrogate.');
  return JSON.stringify(text);
}
