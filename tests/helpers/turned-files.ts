import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Orientation } from '@/lib/picture/orientation';

/** Every format that can say how its pixels are to be turned and that a browser or the console draws. */
export const TURNED_FORMATS = ['jpeg', 'webp', 'png', 'avif', 'tiff'] as const;
export type TurnedFormat = (typeof TURNED_FORMATS)[number];

/** The stored pixels: red, green, blue and white, from the upper left to the lower right quarter. */
export const STORED_QUARTERS = { width: 80, height: 40, colours: 'rgbw' };

/** A picture of four coloured quarters in a format that says it has to be turned. `marked` puts the mark of a JPEG before the EXIF of a WebP. */
export async function turnedFile(
  format: TurnedFormat,
  orientation: Orientation,
  { marked = false, behindThePicture = false } = {},
): Promise<Buffer> {
  const picture = quarters();
  if (format === 'png') return pngWith(await picture.png().toBuffer(), orientation, behindThePicture);
  if (format === 'webp') return webpWith(await picture.webp({ lossless: true }).toBuffer(), orientation, marked);
  if (format === 'tiff') return picture.withMetadata({ orientation }).tiff({ compression: 'none' }).toBuffer();
  if (format === 'avif') return picture.withMetadata({ orientation }).avif({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
  return picture.withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** The colours of the four quarters of an upright picture and its size, as `40x80 brwg`. */
export function quartersSeen(rgba: ArrayLike<number>, width: number, height: number, channels = 4): string {
  const at = (x: number, y: number) => {
    const pixel = (Math.floor(y) * width + Math.floor(x)) * channels;
    const [red, green, blue] = [0, 1, 2].map((channel) => (rgba[pixel + channel] ?? 0) > 128);
    return red && green && blue ? 'w' : red ? 'r' : green ? 'g' : blue ? 'b' : '?';
  };
  const [left, right, top, bottom] = [width * 0.2, width * 0.8, height * 0.2, height * 0.8];
  return `${width}x${height} ${at(left, top)}${at(right, top)}${at(left, bottom)}${at(right, bottom)}`;
}

/** What `quartersSeen` has to say of each orientation, by the drawings of the EXIF standard. */
export const UPRIGHT_QUARTERS: Record<Orientation, string> = {
  1: '80x40 rgbw',
  2: '80x40 grwb',
  3: '80x40 wbgr',
  4: '80x40 bwrg',
  5: '40x80 rbgw',
  6: '40x80 brwg',
  7: '40x80 wgbr',
  8: '40x80 gwrb',
};

function quarters(): Sharp {
  const { width, height } = STORED_QUARTERS;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isRight = x >= width / 2;
      const colour = y < height / 2 ? (isRight ? [0, 255, 0] : [255, 0, 0]) : isRight ? [255, 255, 255] : [0, 0, 255];
      pixels.set(colour, (y * width + x) * 3);
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A TIFF structure with nothing but an orientation. */
export function exifOf(orientation: number, { little, long = false }: { little: boolean; long?: boolean }): Buffer {
  const bytes = Buffer.alloc(26);
  const put = (value: number, at: number, size: 2 | 4) =>
    little ? bytes.writeUIntLE(value, at, size) : bytes.writeUIntBE(value, at, size);
  bytes.write(little ? 'II' : 'MM', 0, 'latin1');
  put(42, 2, 2);
  put(8, 4, 4);
  put(1, 8, 2);
  put(0x01_12, 10, 2);
  put(long ? 4 : 3, 12, 2);
  put(1, 14, 4);
  put(orientation, 18, long ? 4 : 2);
  return bytes;
}

function pngWith(png: Buffer, orientation: number, behindThePicture: boolean): Buffer {
  const content = Buffer.concat([Buffer.from('eXIf', 'latin1'), exifOf(orientation, { little: false })]);
  const chunk = Buffer.concat([Buffer.alloc(4), content, Buffer.alloc(4)]);
  chunk.writeUInt32BE(content.length - 4, 0);
  chunk.writeUInt32BE(crc32(content), chunk.length - 4);
  const at = behindThePicture ? png.length - 12 : 33;
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)]);
}

// A WebP that carries EXIF is one of the extended kind: a header of its own, the picture, the EXIF behind it.
function webpWith(webp: Buffer, orientation: number, marked: boolean): Buffer {
  const exif = Buffer.concat([marked ? Buffer.from('Exif\0\0', 'latin1') : Buffer.alloc(0), exifOf(orientation, { little: true })]);
  const header = Buffer.alloc(10);
  header[0] = 0b1000;
  header.writeUIntLE(STORED_QUARTERS.width - 1, 4, 3);
  header.writeUIntLE(STORED_QUARTERS.height - 1, 7, 3);
  const chunks = Buffer.concat([riffChunk('VP8X', header), webp.subarray(12), riffChunk('EXIF', exif)]);
  const start = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  start.writeUInt32LE(chunks.length + 4, 4);
  return Buffer.concat([start, chunks]);
}

function riffChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** The frame of an AVIF or HEIC without any picture: only what says how item 1, the main one, or another is turned. */
export function containerWithTransforms(
  transforms: string[],
  { brand = 'avif', exif = 0, ofItem = 1 }: { brand?: string; exif?: number; ofItem?: number } = {},
): Buffer {
  const properties = transforms.map((transform) => box(transform.slice(0, 4), Buffer.from([Number(transform.at(-1))])));
  const associations = Buffer.from([
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    0,
    ofItem,
    properties.length,
    ...properties.map((_, index) => 0x80 | (index + 1)),
  ]);
  const iprp = box('iprp', Buffer.concat([box('ipco', Buffer.concat(properties)), box('ipma', associations)]));
  const meta = box('meta', Buffer.concat([Buffer.alloc(4), box('pitm', Buffer.from([0, 0, 0, 0, 0, 1])), iprp]));
  const data = exif > 0 ? exifOf(exif, { little: false }) : Buffer.alloc(0);
  return Buffer.concat([box('ftyp', Buffer.from(`${brand}\0\0\0\0mif1`, 'latin1')), meta, box('mdat', data)]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
