import { createRequire } from 'node:module';
import path from 'node:path';
import { type Font, openSync } from 'fontkit';

export type Face = 'sans' | 'bold' | 'mono';

const FILES: Record<Face, [module: string, file: string]> = {
  sans: ['geist/font/sans', 'fonts/geist-sans/Geist-Medium.ttf'],
  bold: ['geist/font/sans', 'fonts/geist-sans/Geist-Bold.ttf'],
  mono: ['geist/font/mono', 'fonts/geist-mono/GeistMono-Medium.ttf'],
};

const opened = new Map<Face, Font>();

/**
 * A line of text as SVG paths, its baseline starting at `x`, `y`, `size` units to the em, `tracking` units added after each
 * letter. Paths and not `<text>`, because a machine with only Node has no fonts: the picture is the same everywhere.
 */
export function textPath(text: string, face: Face, x: number, y: number, size: number, colour: string, tracking = 0): string {
  const font = fontOf(face);
  const scale = size / font.unitsPerEm;
  const run = font.layout(text);
  let pen = x;
  const letters = run.glyphs.map((glyph, index) => {
    const placed = `<path transform="translate(${pen.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})" d="${glyph.path.toSVG()}"/>`;
    pen += (run.positions[index]?.xAdvance ?? 0) * scale + tracking;
    return placed;
  });
  return `<g fill="${colour}">${letters.join('')}</g>`;
}

function fontOf(face: Face): Font {
  const known = opened.get(face);
  if (known) return known;
  const [module, file] = FILES[face];
  const font = openSync(path.join(path.dirname(createRequire(import.meta.url).resolve(module)), file));
  if (!('layout' in font)) throw new Error(`The font file ${file} is a collection, not a font.`);
  opened.set(face, font);
  return font;
}
