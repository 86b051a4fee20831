/** Characters nobody sees: controls JSON leaves as they are, marks that change the reading direction, joiners, line separators. */
const INVISIBLE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON for people to read, indented and ended by a line break. Every invisible character stands as its escape, so that names look as they are. */
export function visibleJson(value: unknown): string {
  const escaped = (found: string) =>
    [...Array(found.length).keys()].map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  return `${JSON.stringify(value, null, 2).replace(INVISIBLE, escaped)}\n`;
}
