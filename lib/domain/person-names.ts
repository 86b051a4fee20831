import { foldedText, holdsWords } from './folded-text';
import { parseTag } from './search-query';
import { parseTagFilter } from './tag-filter';
import type { Tag } from './verification';

/** Shorter texts are parts of too many names to name anybody. */
const TEXT_MIN = 3;
/** Shorter values are looked for as the value of a filter only, not within other words. */
const WORD_MIN = 4;

/** Parameters whose values come from a list, are numbers, times or ids, or name staff: none of them holds what a record bears. */
const STRUCTURAL = new Set(
  (
    'result state finding from to minSimilarity maxSimilarity minConfidence maxConfidence modelVersion reviewer assignee missing sortBy ' +
    'direction limit cursor offset outcome decidedFrom decidedTo verification action group actor files columns queue page'
  ).split(' '),
);

/** What names one person and nobody else. */
export interface PersonNames {
  /** Tags of their records. */
  tags: readonly Tag[];
  /** Tags that somebody filtered by and meant theirs: the same value in another spelling or under another name. */
  spellings: readonly Tag[];
  /** Parts of the names of their files, and texts that hold the value of one of their tags (lower case). */
  texts: ReadonlySet<string>;
}

/** What a filter asks for that may name a person. */
interface AskedNames {
  tags: Tag[];
  texts: string[];
  /** Parameters that no list of records knows. */
  unknown: string[];
}

/** Returns the tags and the parts of file names that a filter asks for; `query` is what stands behind the question mark. Pure. */
export function namesInFilter(query: string): AskedNames {
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
    unknown: [...params]
      .filter(([name]) => !STRUCTURAL.has(name) && !['customer', 'tag', 'tagFilter', 'text'].includes(name))
      .map(([name, value]) => `${name} ${value}`),
  };
}

/** Returns true when `asked` is another spelling of one of the tags: the same value but for case, blanks and accents' encoding. Pure. */
export function spellsOneOf(tags: readonly Tag[], asked: Tag): boolean {
  const [name, value] = [foldedText(asked.name), foldedText(asked.value)];
  return tags.some((tag) => foldedText(tag.value) === value && (value.length >= WORD_MIN || foldedText(tag.name) === name));
}

/** Returns true when a filter names the person: by one of their tags, or by part of a file name. Pure. */
export function filterNames(query: string, { tags, spellings, texts }: PersonNames): boolean {
  const asked = namesInFilter(query);
  const known = [...tags, ...spellings];
  return (
    asked.tags.some((tag) => known.some(({ name, value }) => name === tag.name && value === tag.value)) ||
    asked.texts.some((part) => texts.has(part)) ||
    asked.unknown.some((text) => wordsName(text, { tags }))
  );
}

/** Returns true when the value of one of the tags stands in a text as whole words, however it is spelled. Pure. */
export function wordsName(text: string, { tags }: Pick<PersonNames, 'tags'>): boolean {
  const folded = foldedText(text);
  return tags.some(({ value }) => {
    const words = foldedText(value);
    return words.length >= WORD_MIN && holdsWords(folded, words);
  });
}

/**
 * Returns true when a text that somebody wrote freely names the person, as `wordsName`, but not where the value is a short number or a
 * word that the text writes in lower case: whoever submits a record chooses its tags, and a customer "2026" or "retention" is named by no sentence about
 * a year or about retention. Pure.
 */
export function proseNames(text: string, { tags }: Pick<PersonNames, 'tags'>): boolean {
  const capitals = foldedText((text.normalize('NFKC').match(CAPITALISED) ?? []).join(' '));
  return tags.some(({ name, value }) => {
    const words = foldedText(value);
    if (SHORT_NUMBER.test(words)) return false;
    return wordsName(ONE_WORD.test(words) ? capitals : text, { tags: [{ name, value }] });
  });
}

const SHORT_NUMBER = /^\p{N}{1,5}$/u;
const ONE_WORD = /^[\p{L}\p{M}]+$/u;
const CAPITALISED = /(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{L}\p{M}\p{Cf}]*(?![\p{N}])/gu;
