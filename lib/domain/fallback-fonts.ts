/** A typeface for scripts that others lack; it comes with a package. */
export interface FallbackFont {
  /** Below node_modules. */
  file: string;
  /** The characters it steps in for, as CSS writes them; null where it steps in for whatever nothing else has. */
  unicodeRange: string | null;
}

/**
 * Typefaces that step in, in the order in which they are tried: on pages that are drawn here, and in PDF files that do not carry the
 * fonts they use. The last one has a sign for nearly everything.
 */
export const FALLBACK_FONTS = {
  arabic: {
    file: '@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf',
    unicodeRange: 'U+600-6FF, U+750-77F, U+8A0-8FF, U+FB50-FDFF, U+FE70-FEFC',
  },
  hebrew: { file: '@embedpdf/fonts-hebrew/fonts/NotoSansHebrew-Regular.ttf', unicodeRange: 'U+590-5FF, U+FB1D-FB4F' },
  thai: { file: '@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff', unicodeRange: 'U+E00-E7F' },
  devanagari: {
    file: '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff',
    unicodeRange: 'U+900-97F, U+A8E0-A8FF',
  },
  han: { file: '@librescore/fonts/SourceHanSansCN.min.woff2', unicodeRange: 'U+2E80-30FF, U+3190-9FFF, U+F900-FAFF, U+FF00-FFEF' },
  hangul: { file: '@librescore/fonts/SourceHanSansKR.min.woff2', unicodeRange: 'U+1100-11FF, U+3130-318F, U+A960-A97F, U+AC00-D7FF' },
  emoji: { file: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf', unicodeRange: null },
  last: { file: '@fontsource/unifontex/files/unifontex-latin-400-normal.woff', unicodeRange: null },
} as const satisfies Record<string, FallbackFont>;

export type FallbackFontName = keyof typeof FALLBACK_FONTS;
export const FALLBACK_FONT_NAMES = Object.keys(FALLBACK_FONTS) as FallbackFontName[];

/** Returns the typefaces that step in for characters of a text. Pure. */
export function fallbackFontsFor(text: string): FallbackFontName[] {
  const present = new Set(text);
  return FALLBACK_FONT_NAMES.filter((name) => {
    const { unicodeRange } = FALLBACK_FONTS[name];
    if (unicodeRange === null) return false;
    const ranges = unicodeRange.split(', ').map((range) =>
      range
        .slice(2)
        .split('-')
        .map((end) => Number.parseInt(end, 16)),
    );
    return [...present].some((character) => ranges.some(([from = 0, to = from]) => isWithin(character, from, to)));
  });
}

function isWithin(character: string, from: number, to: number): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= from && code <= to;
}
