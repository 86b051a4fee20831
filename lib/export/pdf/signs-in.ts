const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** The last plain letter before others may carry a mark of theirs. */
const STRETCHES = /[\x20-\x7e]+(?=[\x20-\x7e])|[\x20-\x7e]?[^\x20-\x7e]+|[\x20-\x7e]/g;
const PLAIN = /^[\x20-\x7e]+$/;

/** One sign as a person counts them, and where it begins. */
export interface TextSign {
  text: string;
  from: number;
}

/** Yields the signs of a text. Plain letters are signs by themselves and are not looked up, which is most of the work of most texts. Pure. */
export function* signsIn(text: string): Generator<TextSign> {
  for (const { 0: stretch, index } of text.matchAll(STRETCHES)) {
    if (PLAIN.test(stretch)) for (let at = 0; at < stretch.length; at += 1) yield { text: stretch.charAt(at), from: index + at };
    else for (const { segment, index: at } of signs.segment(stretch)) yield { text: segment, from: index + at };
  }
}
