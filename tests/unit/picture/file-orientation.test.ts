import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fileOrientation } from '@/lib/picture/file-orientation';
import { type Orientation, storedSize, storedToShown, uprightSteps } from '@/lib/picture/orientation';
import { containerWithTransforms, exifOf, TURNED_FORMATS, turnedFile } from '../../helpers/turned-files';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('how a file is turned', () => {
  test.each(TURNED_FORMATS)('is read from %s, for all eight', async (format) => {
    for (const orientation of ORIENTATIONS) {
      const { orientation: read, tags } = fileOrientation(await turnedFile(format, orientation));
      expect(read, `EXIF ${orientation}`).toBe(orientation);
      // An AVIF is turned by whatever decodes it; of the others that depends on the decoder.
      if (orientation !== 1) expect(tags.length, `EXIF ${orientation}`).toBe(format === 'avif' ? 0 : 1);
    }
  });

  test.each(TURNED_FORMATS.filter((format) => format !== 'avif'))(
    'can be taken out of %s, and then no decoder turns it',
    async (format) => {
      for (const orientation of [3, 5, 6] as const) {
        const bytes = await turnedFile(format, orientation);
        const [tag] = fileOrientation(bytes).tags;
        const { from, to, instead } = tag ?? { from: 0, to: 0, instead: new Uint8Array() };
        const plain = Buffer.concat([bytes.subarray(0, from), instead, bytes.subarray(to)]);
        expect((await sharp(plain).metadata()).orientation ?? 1).toBe(1);
        expect(fileOrientation(plain).orientation).toBe(1);
        expect(await sharp(plain).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
      }
    },
  );

  test('is read from both byte orders, from a long number, behind the mark some writers put there, and behind the picture', async () => {
    const bare = await turnedFile('jpeg', 1);
    for (const exif of [exifOf(6, { little: true }), exifOf(6, { little: false }), exifOf(6, { little: true, long: true })]) {
      const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
      const head = Buffer.from([0xff, 0xe1, (segment.length + 2) >> 8, (segment.length + 2) & 255]);
      expect(fileOrientation(Buffer.concat([bare.subarray(0, 2), head, segment, bare.subarray(2)])).orientation).toBe(6);
    }
    for (const marked of [true, false]) expect(fileOrientation(await turnedFile('webp', 8, { marked })).orientation).toBe(8);
    const png = await turnedFile('png', 3, { behindThePicture: true });
    expect(png.indexOf('eXIf')).toBeGreaterThan(png.indexOf('IDAT'));
    expect(fileOrientation(png).orientation).toBe(3);
  });

  test('is read from the transformations of a container in their order, whatever its EXIF says', () => {
    expect(fileOrientation(containerWithTransforms(['irot 3', 'imir 1'])).orientation).toBe(5);
    expect(fileOrientation(containerWithTransforms(['imir 1', 'irot 3'])).orientation).toBe(7);
    expect(fileOrientation(containerWithTransforms(['imir 0'])).orientation).toBe(4);
    expect(fileOrientation(containerWithTransforms(['irot 1'], { brand: 'heic', exif: 6 })).orientation).toBe(8);
    expect(fileOrientation(containerWithTransforms([], { brand: 'heic', exif: 6 })).orientation).toBe(1);
    // Of another picture in the same file, a thumbnail.
    expect(fileOrientation(containerWithTransforms(['irot 1'], { ofItem: 2 })).orientation).toBe(1);
  });

  test('counts as upright where it cannot be read, and nothing makes it throw', async () => {
    for (const format of TURNED_FORMATS) {
      const bytes = await turnedFile(format, 6);
      for (let length = 0; length < Math.min(bytes.length, 900); length += 7) fileOrientation(bytes.subarray(0, length));
      for (let at = 0; at < Math.min(bytes.length, 600); at += 3)
        fileOrientation(Buffer.from(bytes).fill(0xff, at, Math.min(at + 4, bytes.length)));
    }
    expect(fileOrientation(await turnedFile('webp', 9 as Orientation)).orientation).toBe(1);
    expect(fileOrientation(Buffer.from('%PDF-1.7')).orientation).toBe(1);
  });

  test('is what is done to the pixels: left and right exchanged, then turned', async () => {
    const stored = { width: 40, height: 20 };
    for (const orientation of ORIENTATIONS) {
      const { mirrored, turns } = uprightSteps(orientation);
      const shown = storedSize(stored, orientation);
      const point = storedToShown({ x: 30.5, y: 4.5 }, shown, orientation);
      const pixels = Buffer.alloc(40 * 20);
      pixels[4 * 40 + 30] = 255;
      const { data, info } = await sharp(pixels, { raw: { ...stored, channels: 1 } })
        .flop(mirrored)
        .rotate(turns * 90)
        .raw()
        .toBuffer({ resolveWithObject: true });
      const at = data.findIndex((value, index) => index % info.channels === 0 && value > 128) / info.channels;
      expect([at % info.width, Math.floor(at / info.width)], `EXIF ${orientation}`).toEqual([point.x - 0.5, point.y - 0.5]);
    }
  });
});
