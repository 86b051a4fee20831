import type { Sharp } from 'sharp';

export type PictureFormat = 'jpeg' | 'png' | 'webp';

export interface Storage {
  format: PictureFormat;
  /** Quality of jpeg and webp, 1..100; default 86. */
  quality?: number;
  /** How often the picture lies a quarter turn clockwise, with nothing in the file saying so. */
  quarterTurns?: 0 | 1 | 2 | 3;
  /** EXIF orientation (CIPA DC-008, tag 0x0112) of a jpeg: the pixels are stored turned so that the tag sets them upright. */
  orientation?: 1 | 3 | 6 | 8;
}

/** Quarter turns clockwise that a viewer makes for each orientation. */
const TURNS_ON_SHOWING = { 1: 0, 3: 2, 6: 1, 8: 3 } as const;

/** Encodes a picture as a phone or scanner would store it. A jpeg carries EXIF of a made-up camera; times are left out. */
export async function storePicture(picture: Sharp, { format, quality = 86, quarterTurns = 0, orientation = 1 }: Storage): Promise<Buffer> {
  const turns = (quarterTurns + 4 - TURNS_ON_SHOWING[orientation]) % 4;
  const turned = picture.rotate(turns * 90);
  if (format === 'png') return turned.png({ compressionLevel: 1 }).toBuffer();
  if (format === 'webp') return turned.webp({ quality, effort: 0 }).toBuffer();
  return turned
    .withExif({ IFD0: { Make: 'Specimen', Model: 'Drawn, not photographed' } })
    .withMetadata({ orientation })
    .jpeg({ quality })
    .toBuffer();
}
