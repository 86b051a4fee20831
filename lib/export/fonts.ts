import path from 'node:path';
import { type Font, openSync } from 'fontkit';

// The program runs where its packages lie; the packages' own doors lead to JavaScript alone, not to the fonts.
const FOLDER = path.resolve('node_modules/geist/dist/fonts');

/** The typefaces of documents. They come with the packages: a machine with only Node has none of its own. */
export const FONT_FILES = {
  sans: path.join(FOLDER, 'geist-sans/Geist-Regular.ttf'),
  bold: path.join(FOLDER, 'geist-sans/Geist-SemiBold.ttf'),
  mono: path.join(FOLDER, 'geist-mono/GeistMono-Regular.ttf'),
} as const;
export type FontName = keyof typeof FONT_FILES;

const opened = new Map<FontName, Font>();

export function fontOf(name: FontName): Font {
  const known = opened.get(name);
  if (known) return known;
  const font = openSync(FONT_FILES[name]);
  if (!('layout' in font)) throw new Error(`${FONT_FILES[name]} is a collection, not a font.`);
  opened.set(name, font);
  return font;
}

/** A text in which every sign the font cannot show is spelled out by its number, so that nothing is lost without a trace. */
export function printable(text: string, name: FontName = 'sans'): string {
  const font = fontOf(name);
  return Array.from(text.replace(/\r\n?/g, '\n'), (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (sign === '\n') return sign;
    if (sign === '\t') return ' ';
    return code >= 0x20 && font.hasGlyphForCodePoint(code) ? sign : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}
