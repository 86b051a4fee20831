import { visibleText } from '@/lib/domain/visible-text';

const ISOLATE = '\u2068';
const END_ISOLATE = '\u2069';

/** A sentence of ours that holds texts from elsewhere. Their direction does not reorder the sentence, and nothing in them is hidden. */
export interface Said {
  said: string;
}

/** What may stand on a page: a sentence of ours, or a text from elsewhere as it came. */
export type PageText = Said | string;

/** Writes a sentence: what is written out is ours, what is put in comes from elsewhere. */
export function said(ours: TemplateStringsArray, ...theirs: (PageText | number)[]): Said {
  const put = theirs.map((text) => (typeof text === 'object' ? text.said : isolated(String(text))));
  return { said: ours.map((text, index) => text + (put[index] ?? '')).join('') };
}

/** One paragraph as it is laid out: what is hidden stands as its name. `base` is its direction, null where its first letter decides. */
export interface Paragraph {
  text: string;
  base: 'ltr' | null;
}

/** More of one text than this is left to the file beside the PDF. */
export const CHARACTERS_MAX = 20_000;

/** Returns the paragraphs of a text, of one from elsewhere at most `max` characters. Line breaks are kept, tabs become spaces. Pure. */
export function paragraphsOf(text: PageText, max = CHARACTERS_MAX): Paragraph[] {
  if (typeof text === 'object') return text.said.split('\n').map((line) => ({ text: line, base: 'ltr' }));
  return shownLines(text, max).map((line) => ({ text: line, base: null }));
}

function isolated(text: string): string {
  return shownLines(text, CHARACTERS_MAX)
    .map((line) => `${ISOLATE}${line}${END_ISOLATE}`)
    .join('\n');
}

function shownLines(text: string, max: number): string[] {
  const lines = clipped(text, max).replace(/\r\n?/g, '\n').replaceAll('\t', ' ').split('\n');
  return lines.map((line) => visibleText(line.toWellFormed()));
}

function clipped(text: string, max: number): string {
  if (text.length <= max) return text;
  const left = (text.length - max).toLocaleString('en-GB');
  return `${text.slice(0, max)} … (${left} more characters; the JSON files beside this one have all of it)`;
}
