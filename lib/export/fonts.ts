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
