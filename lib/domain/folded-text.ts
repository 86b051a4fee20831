const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const BLANKS = /[\p{White_Space}\u2800]+/gu;
const INSIDE_WORD = /[\p{L}\p{N}\p{M}]/u;

/**
 * Returns a text in the one form that texts are compared in when only their spelling may differ: Unicode NFKC, lower case, without
 * invisible characters, and with one plain space for any run of blanks. Pure.
 */
export function foldedText(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(INVISIBLE, '').replace(BLANKS, ' ').trim().normalize('NFKC');
}

/** Returns true when `words` stand in `text` with no letter or digit right before or behind them; both are folded already. Pure. */
export function holdsWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const [before, after] = [[...text.slice(0, at)].at(-1) ?? '', String.fromCodePoint(text.codePointAt(at + words.length) ?? 0x20)];
    if (!INSIDE_WORD.test(before) && !INSIDE_WORD.test(after)) return true;
  }
  return false;
}
