import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { fileOrientation } from '@/lib/picture/file-orientation';
import { storedSize, uprightSteps } from '@/lib/picture/orientation';
import { Pyramid } from './picture';
import { UnreadableMedia } from './unreadable-media';

/** Pixels a picture may have; a small file can unpack to gigabytes. */
export const PIXEL_LIMIT = 40_000_000;

/** Longest side of the copy that is looked at: more pixels than this change no result and cost time. */
const WORKING_SIDE = 1600;

/** A decoded picture as a person sees it (EXIF orientation applied), at working size, and what one of its pixels is in the file's. */
export interface Decoded {
  /** Size of the picture as shown, in its own pixels. */
  shown: { width: number; height: number };
  pixels: Pyramid;
  /** Working coordinates times this are coordinates of the picture as shown. */
  scale: { x: number; y: number };
}

// The pictures of one verification are all different: a cache would only hold memory.
sharp.cache(false);

/**
 * Decodes a picture file. Transparency becomes white, every colour space sRGB.
 * Throws UnreadableMedia with a sentence for the sender when it is damaged, cut off or larger than PIXEL_LIMIT.
 */
export async function decode(file: string): Promise<Decoded> {
  const bytes = await readFile(file);
  if (bytes.length === 0) unreadable();
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(unreadable);
  // Read by the same function as on the screens, so that both speak of the same pixels.
  const { orientation } = fileOrientation(bytes);
  const { mirrored, turns } = uprightSteps(orientation);
  const { width, height } = storedSize(header, orientation);
  if (!(width > 0 && height > 0)) throw new UnreadableMedia('The picture has no size.');
  if (width * height > PIXEL_LIMIT) {
    throw new UnreadableMedia(`The picture has ${width} x ${height} pixels; at most ${PIXEL_LIMIT / 1e6} million are taken.`);
  }
  const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: PIXEL_LIMIT })
    .flop(mirrored)
    .rotate(turns * 90)
    .resize(WORKING_SIDE, WORKING_SIDE, { fit: 'inside', withoutEnlargement: true, fastShrinkOnLoad: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(unreadable);
  const rgb = info.channels === 3 ? data : greyToRgb(data, info.channels);
  return {
    shown: { width, height },
    pixels: new Pyramid({ width: info.width, height: info.height, data: rgb }),
    scale: { x: width / info.width, y: height / info.height },
  };
}

function unreadable(): never {
  throw new UnreadableMedia('The picture cannot be read: it is damaged, cut off or not what its first bytes claim.');
}

function greyToRgb(data: Buffer, channels: number): Uint8Array {
  const pixels = Math.floor(data.length / channels);
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i += 1) rgb.fill(data[i * channels] ?? 0, i * 3, i * 3 + 3);
  return rgb;
}
