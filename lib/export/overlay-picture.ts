import sharp from 'sharp';
import type { SpaceSetting } from '@/lib/domain/coordinate-space';
import type { ImagePoint, Size } from '@/lib/domain/geometry';
import type { EvidenceCategory, Face } from '@/lib/domain/verification';
import { chooseSpace, placeFace } from '@/lib/picture/choose-space';
import { drawnFace } from '@/lib/picture/drawn-face';
import { fileOrientation } from '@/lib/picture/file-orientation';
import { type Orientation, storedSize, uprightSteps } from '@/lib/picture/orientation';
import { fontOf } from './fonts';

const SIDE_MAX = 1600;
const PIXELS_MAX = 100_000_000;
const COLOUR: Record<EvidenceCategory, string> = { id: '#19d3e6', face: '#7fe34f' };

/** A picture with everything the record lists on it drawn in. JPEG; the size is that of what was drawn. */
export interface OverlayPicture {
  bytes: Buffer;
  width: number;
  height: number;
}

/** Draws boxes, landmarks and the numbers of faces on a picture, at most 1600 px a side. Null for what is no picture. */
export async function overlayPicture(
  file: Uint8Array,
  faces: readonly Face[],
  setting: SpaceSetting = 'per-picture',
): Promise<OverlayPicture | null> {
  const open = () => sharp(file, { limitInputPixels: PIXELS_MAX, failOn: 'error' });
  try {
    const { orientation, tags } = fileOrientation(file);
    // What a container turns, the decoder has turned already.
    const left: Orientation = tags.length > 0 ? orientation : 1;
    const { mirrored, turns } = uprightSteps(left);
    const natural = storedSize(await open().metadata(), left);
    // The same choice as the screen makes: a record does not say whether it counts before or after the picture was turned.
    const space = chooseSpace(faces, natural, orientation, setting);
    const placed = faces.map((face) => placeFace(face, space, natural, orientation));
    const shown = await open()
      .flop(mirrored)
      .rotate(turns * 90)
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = shown.info;
    const overlay = Buffer.from(overlaySvg(placed, { width, height }, width / natural.width));
    const bytes = await sharp(shown.data, { raw: { width, height, channels } })
      .composite([{ input: overlay }])
      .jpeg({ quality: 88 })
      .toBuffer();
    return { bytes, width, height };
  } catch {
    return null;
  }
}

/** The overlay alone, as SVG of the drawn size. `scale` leads from the picture's own pixels to it. */
export function overlaySvg(faces: readonly Face[], { width, height }: Size, scale: number): string {
  const unit = Math.max(width, height) / 500;
  const picture = { width: width / scale, height: height / scale };
  const drawn = faces.map((face) => faceSvg(face, picture, scale, unit));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn.join('')}</svg>`;
}

function faceSvg(face: Face, picture: Size, scale: number, unit: number): string {
  const drawn = drawnFace(face, picture);
  if (!drawn) return '';
  const { category, number } = face;
  const colour = COLOUR[category];
  const at = (value: number) => (value * scale).toFixed(1);
  const { x1, y1, x2, y2 } = drawn.box;
  // Rings as large as the face allows, so that the eyes within stay in sight.
  const radius = Math.min(2.6 * unit, 0.06 * (x2 - x1) * scale);
  const ring = ({ x, y }: ImagePoint, stroke: string, thick: number) =>
    `<circle cx="${at(x)}" cy="${at(y)}" r="${radius.toFixed(1)}" fill="none" stroke="${stroke}" stroke-width="${(thick * unit).toFixed(1)}"/>`;
  const rings = drawn.points.map((point) => ring(point, '#000', 1.1) + ring(point, colour, 0.6));
  const frame = (stroke: string, thick: number) =>
    `<rect x="${at(x1)}" y="${at(y1)}" width="${at(x2 - x1)}" height="${at(y2 - y1)}" fill="none" stroke="${stroke}" stroke-width="${(thick * unit).toFixed(1)}"/>`;
  const size = 9 * unit;
  const [left, top] = [x1 * scale, Math.max(0, y1 * scale - size * 1.3)];
  const label = `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${(size * (0.55 + 0.65 * String(number).length)).toFixed(1)}" height="${(size * 1.3).toFixed(1)}" fill="${colour}"/>`;
  return frame('#000', 2.4) + frame(colour, 1.5) + rings.join('') + label + numeral(String(number), left + size * 0.3, top + size, size);
}

// As paths: where there are no fonts, text in an SVG is empty boxes.
function numeral(text: string, x: number, y: number, size: number): string {
  const font = fontOf('bold');
  const scale = size / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text);
  let pen = x;
  const paths = glyphs.map((glyph, index) => {
    const path = `<path transform="translate(${pen.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})" d="${glyph.path.toSVG()}"/>`;
    pen += (positions[index]?.xAdvance ?? 0) * scale;
    return path;
  });
  return `<g fill="#000">${paths.join('')}</g>`;
}
