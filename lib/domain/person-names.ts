import { parseTag } from './search-query';
import { parseTagFilter } from './tag-filter';
import type { Tag } from './verification';

/** What stands where something was erased; `console.erased_text()` returns the same. */
export const ERASED_TEXT = '[text erased]';

/** Shorter texts are parts of too many names to name anybody. */
const TEXT_MIN = 3;
/** Shorter values are looked for as the value of a filter only, not within other words. */
const WORD_MIN = 4;

/** What names one person and nobody else: tags of their records, and parts of the names of their files (lower case). */
export interface PersonNames {
  tags: readonly Tag[];
  texts: ReadonlySet<string>;
}

/** Returns the tags and the parts of file names that a filter asks for; `query` is what stands behind the question mark. Pure. */
export function namesInFilter(query: string): { tags: Tag[]; texts: string[] } {
  const params = new URLSearchParams(query);
  const tags = [
    ...params.getAll('customer').map((value) => ({ name: 'customerId', value: value.trim() })),
    ...params.getAll('tag').map(parseTag),
    ...params.getAll('tagFilter').map(parseTagFilter),
  ];
  return {
    tags: tags.filter((tag) => tag !== null),
    texts: params
      .getAll('text')
      .map((text) => text.trim().toLowerCase())
      .filter((text) => text.length >= TEXT_MIN),
  };
}

/**
 * Returns true when a filter or a text names the person: a filter by one of their tags, by its value alone, or by part of a file
 * name; or a text in which the value of one of their tags stands, in any case. Pure.
 */
export function namesPerson(text: string, { tags, texts }: PersonNames): boolean {
  const asked = namesInFilter(text);
  if (asked.tags.some((tag) => tags.some(({ name, value }) => name === tag.name && value === tag.value))) return true;
  if (asked.texts.some((part) => texts.has(part))) return true;
  const words = [text, ...[...new URLSearchParams(text).values()]].map((word) => word.toLowerCase());
  return tags.some(({ value }) => value.length >= WORD_MIN && words.some((word) => word.includes(value.toLowerCase())));
}

/** Returns every text within the details of an event, however deep. Pure. */
export function textsWithin(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap(textsWithin);
}
