const BASE = 36;
const MAX = 0x7fffffff;

/**
 * Returns the text that a label of an internationalised domain stands for (RFC 3492), given without its `xn--`; null for text that
 * is no Punycode. Pure. `console.punycode_decoded` is the same in SQL.
 */
export function punycodeDecoded(text: string): string | null {
  const delimiter = text.lastIndexOf('-');
  const points = delimiter > 0 ? [...text.slice(0, delimiter)].map((char) => char.codePointAt(0) ?? 0) : [];
  let position = delimiter > 0 ? delimiter + 1 : 0;
  let [code, index, bias] = [128, 0, 72];
  while (position < text.length) {
    const before = index;
    let weight = 1;
    for (let step = BASE; ; step += BASE) {
      const digit = digitOf(text[position]);
      position += 1;
      if (digit === null) return null;
      index += digit * weight;
      if (index > MAX) return null;
      const threshold = Math.min(Math.max(step - bias, 1), 26);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (weight > MAX) return null;
    }
    const length = points.length + 1;
    bias = adapted(index - before, length, before === 0);
    code += Math.floor(index / length);
    index %= length;
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    points.splice(index, 0, code);
    index += 1;
  }
  return String.fromCodePoint(...points);
}

function digitOf(char: string | undefined): number | null {
  if (char === undefined) return null;
  const digit = 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(char);
  return digit === -1 ? null : digit;
}

function adapted(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / length);
  let step = 0;
  for (; rest > 455; step += BASE) rest = Math.floor(rest / 35);
  return step + Math.floor((36 * rest) / (rest + 38));
}
