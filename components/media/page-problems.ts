/** The one warning about fonts that says nothing is missing: another font stands in. */
const SUBSTITUTED = /^(Cannot load system font|Ensure that the `standardFontDataUrl`)/;
const ABOUT_FONTS = /font|glyph|\bTT\b|cmap|unicode|encoding|\bcff\b|charstring|type ?[013]\b/i;
const ABOUT_STRUCTURE = /xref|trailer|indexing all|endstream|endobj|\blength\b|stream header|linearized|startxref/i;

/** Returns in sentences what a page as drawn may lack, from what its reader warned of and whether fonts stand in for others. Pure. */
export function pageProblems(warnings: readonly string[], substituted: boolean): string[] {
  const kinds = new Set(warnings.map(kindOf));
  if (substituted) kinds.add('substituted');
  return ORDER.filter((kind) => kinds.has(kind)).map((kind) => SENTENCES[kind]);
}

const SENTENCES = {
  missing: 'Parts of this page could not be drawn. Download the file to see all of it.',
  letters: 'Some letters may look different or be missing. Download the file to compare.',
  repaired: 'The file is damaged and was repaired to be drawn. Something may be missing.',
  substituted: 'The file does not carry all of its fonts: other fonts stand in.',
};
type Kind = keyof typeof SENTENCES;
const ORDER = ['missing', 'letters', 'repaired', 'substituted'] as const;

// What is not understood counts as the worst: an unknown warning is no all-clear.
function kindOf(warning: string): Kind {
  if (SUBSTITUTED.test(warning)) return 'substituted';
  if (/image|unable to decode|jpx|jpeg|jbig|ccitt/i.test(warning)) return 'missing';
  if (ABOUT_FONTS.test(warning)) return 'letters';
  return ABOUT_STRUCTURE.test(warning) ? 'repaired' : 'missing';
}
