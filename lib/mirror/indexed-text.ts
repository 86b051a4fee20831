import type { Tag } from '@/lib/domain/verification';

/** An entry of an index may take some 2,700 bytes; a tag's is its name and its value together. */
export const TAG_NAME_BYTES = 800;
export const TAG_VALUE_BYTES = 1600;
export const COLUMN_BYTES = 1000;

const UNSTORABLE = /[\0\p{Surrogate}]/gu;
/** Cheaper to look for; also finds whole pairs. */
const SUSPICIOUS = /[\0\ud800-\udfff]/;
const BYTES_A_UNIT_MAX = 3;

/**
 * A text as the index can hold it: what PostgreSQL has no character for is replaced by U+FFFD, and it is cut to so many bytes
 * of UTF-8, between characters. Whoever looks for a text looks for what this makes of it. The record itself is kept whole.
 */
export function indexedText(text: string, bytesMax: number): string {
  const clean = SUSPICIOUS.test(text) ? text.replace(UNSTORABLE, '\uFFFD') : text;
  if (clean.length * BYTES_A_UNIT_MAX <= bytesMax) return clean;
  const { read } = new TextEncoder().encodeInto(clean, new Uint8Array(bytesMax));
  return clean.slice(0, read);
}

/** A tag as the index holds it, and as it must be looked for. */
export function indexedTag({ name, value }: Tag): Tag {
  return { name: indexedText(name, TAG_NAME_BYTES), value: indexedText(value, TAG_VALUE_BYTES) };
}
