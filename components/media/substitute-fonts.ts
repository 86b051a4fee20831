import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { FALLBACK_FONTS, fallbackFontsFor } from '@/lib/domain/fallback-fonts';
import { request } from '../api/request';

/** Fonts that were made to stand in for those a page uses and its file does not carry. */
export interface Substitutes {
  /** Whether there are any: fonts of the same measures for the few every reader has do not count. */
  any: boolean;
  remove: () => void;
}

interface MissingFont {
  systemFontInfo: { loadedName: string };
}

type Instructions = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>;

/**
 * Makes fonts of this console stand in for those of a page that its file does not carry, for the scripts of its text: a machine may
 * have none for them, and a browser then draws nothing without a word. `remove` takes them out of the page again.
 */
export async function substituteFonts(
  page: PDFPageProxy,
  instructions: Instructions,
  { dependency, folder }: { dependency: number; folder: string },
): Promise<Substitutes> {
  const names = await missingFonts(page, instructions, dependency);
  if (names.length === 0) return { any: false, remove: () => undefined };
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str : '')).join('');
  const faces = await Promise.all(
    fallbackFontsFor(text).map(async (font) => {
      const response = await request(`${folder}fonts/${font}`);
      if (!response.ok) throw new Error('A font that stands in could not be fetched.');
      const bytes = await response.arrayBuffer();
      const descriptors = { unicodeRange: FALLBACK_FONTS[font].unicodeRange ?? 'U+0-10FFFF' };
      return Promise.all(names.map((name) => new FontFace(name, bytes, descriptors).load()));
    }),
  );
  const made = faces.flat();
  for (const face of made) document.fonts.add(face);
  return {
    any: made.length > 0,
    remove: () => {
      for (const face of made) document.fonts.delete(face);
    },
  };
}

/** Names under which the reader draws letters of fonts that are not in the file. */
async function missingFonts(page: PDFPageProxy, { fnArray, argsArray }: Instructions, dependency: number): Promise<string[]> {
  const ids = new Set<string>(fnArray.flatMap((operator, index) => (operator === dependency ? argsArray[index] : [])));
  const fonts = await Promise.all(
    [...ids].filter((id) => id.startsWith('g_')).map((id) => new Promise<unknown>((resolve) => page.commonObjs.get(id, resolve))),
  );
  return [...new Set(fonts.filter(isMissing).map(({ systemFontInfo }) => systemFontInfo.loadedName))];
}

function isMissing(font: unknown): font is MissingFont {
  if (typeof font !== 'object' || font === null || !('systemFontInfo' in font)) return false;
  const { systemFontInfo } = font;
  return typeof systemFontInfo === 'object' && systemFontInfo !== null && 'loadedName' in systemFontInfo;
}

/** Resolves to true when a document is made of a form in a language of its own, of which its pages show a notice at best. */
export async function hasForeignForm(document: PDFDocumentProxy): Promise<boolean> {
  const { info } = await document.getMetadata();
  return 'IsXFAPresent' in info && info.IsXFAPresent === true;
}
