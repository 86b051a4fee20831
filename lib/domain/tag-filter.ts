import type { Tag } from './verification';

export const TAG_FILTER_MAX = 600;

/**
 * Reads `name = value`: the first `=` parts them, blanks around either are dropped.
 * Null when there is no `=` or the name is empty. A value may be empty and may hold further `=`.
 */
export function parseTagFilter(text: string): Tag | null {
  const at = text.indexOf('=');
  if (at < 0) return null;
  const name = text.slice(0, at).trim();
  return name === '' ? null : { name, value: text.slice(at + 1).trim() };
}

/**
 * Returns whether the upstream's own filter can carry a tag as it is. It cannot hold a name with `=`, a name or value that begins or ends
 * with a blank, a long one, or characters no address carries; the record index finds those. Pure.
 */
export function fitsTagFilter(tag: Tag): boolean {
  const text = formatTagFilter(tag);
  const read = parseTagFilter(text);
  return text.length <= TAG_FILTER_MAX && !UNFIT.test(text) && read?.name === tag.name && read.value === tag.value;
}

/** Controls, halves of characters, and the mark that stands for what could not be read. */
const UNFIT = /[\p{Cc}\p{Surrogate}\ufffd]/u;

/** The form the upstream takes: `name=value`. */
export function formatTagFilter({ name, value }: Tag): string {
  return `${name}=${value}`;
}
