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

/** The form the upstream takes: `name=value`. */
export function formatTagFilter({ name, value }: Tag): string {
  return `${name}=${value}`;
}
