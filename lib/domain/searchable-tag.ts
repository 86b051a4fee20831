import type { Tag } from './verification';

/** An entry of an index may take some 2,700 bytes; a tag's is its name and its value together. */
const TAG_NAME_BYTES = 800;
const TAG_VALUE_BYTES = 1600;

const UNSTORABLE = /[\0\p{Surrogate}]/gu;
/** Cheaper to look for; also finds whole pairs. */
const SUSPICIOUS = /[\0\ud800-\udfff]/;
const BYTES_A_UNIT_MAX = 3;

/**
 * A text as the index can hold it: what PostgreSQL has no character for is replaced by U+FFFD, and it is cut to so many bytes of
 * UTF-8, between characters. Whoever looks for a text looks for what this makes of it. Pure.
 */
export function indexedText(text: string, bytesMax: number): string {
  const clean = SUSPICIOUS.test(text) ? text.replace(UNSTORABLE, '\uFFFD') : text;
  if (clean.length * BYTES_A_UNIT_MAX <= bytesMax) return clean;
  const { read } = new TextEncoder().encodeInto(clean, new Uint8Array(bytesMax));
  return clean.slice(0, read);
}

/**
 * A tag as the index holds it, as it is looked for, and as an address names it: tags that differ only behind the first 1,600 bytes of
 * their values are found together. Pure.
 */
export function searchableTag({ name, value }: Tag): Tag {
  return { name: indexedText(name, TAG_NAME_BYTES), value: indexedText(value, TAG_VALUE_BYTES) };
}
