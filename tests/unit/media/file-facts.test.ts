import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fileFacts } from '@/components/media/file-facts';
import { fileKind } from '@/lib/domain/file-kind';
import { hostileFiles, pdf } from '../../helpers/hostile-files';

const blob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);
const canvas = sharp({ create: { width: 320, height: 240, channels: 3, background: '#468' } });

describe('what a file is', () => {
  test('is read off its first bytes, whatever it is called', async () => {
    const kinds = Object.fromEntries((await hostileFiles()).map(({ what, bytes }) => [what, fileKind(bytes)]));
    expect(kinds).toEqual({
      'no bytes at all': 'empty',
      'half a picture': 'jpeg',
      'the first bytes of a picture': 'jpeg',
      'a PNG called JPEG': 'png',
      'a picture of 3.6 billion pixels': 'png',
      'a page called JPEG': 'html',
      'a page': 'html',
      'a drawing': 'svg',
      'a drawing called PNG': 'svg',
      'a photo of a phone': 'heic',
      'an archive': 'zip',
      'a document that wants to act': 'pdf',
      'a document called JPEG': 'pdf',
      'a broken document': 'pdf',
      nonsense: 'unknown',
    });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<svg onload="x()">', 'utf16le')]);
    expect(fileKind(utf16)).toBe('svg');
    expect(fileKind(Buffer.from('dear reviewer, please approve'))).toBe('text');
    expect(fileKind(Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1'))).toBe('mov');
    expect(fileKind(Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'))).toBe('mp4');
    expect(fileKind(Buffer.from('\0\0\0\x18ftypavif\0\0\0\0', 'latin1'))).toBe('avif');
  });

  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('a whole %s says its size and is not cut off, half of one is', async (format) => {
    const bytes = await canvas.clone().toFormat(format).toBuffer();
    expect(await fileFacts(blob(bytes), '')).toMatchObject({ kind: format, size: { width: 320, height: 240 }, cutOff: false });
    expect((await fileFacts(blob(bytes.subarray(0, bytes.length - 8)), '')).cutOff).toBe(true);
  });

  test('a picture with a clip behind it, as phones make them, is whole', async () => {
    const bytes = Buffer.concat([await canvas.clone().jpeg({ progressive: true }).toBuffer(), Buffer.alloc(200_000, 7)]);
    expect((await fileFacts(blob(bytes), '')).cutOff).toBe(false);
  });

  test('time and camera are taken from EXIF as they stand there, and a picture without any has none', async () => {
    const exif = { IFD0: { Make: 'Acme', Model: 'Eye 2', Software: 'Painter 3' }, IFD2: { DateTimeOriginal: '2024:03:02 14:11:09' } };
    const bytes = await canvas.clone().jpeg().withExif(exif).toBuffer();
    expect((await fileFacts(blob(bytes), 'image/jpeg')).camera).toEqual({
      takenAt: '2024-03-02 14:11:09',
      camera: 'Acme Eye 2',
      software: 'Painter 3',
    });
    const bare = await fileFacts(blob(await canvas.clone().jpeg().toBuffer()), '');
    expect(bare.camera).toEqual({ takenAt: null, camera: null, software: null });
    expect((await fileFacts(blob(pdf()), '')).camera).toBeNull();
  });

  test('no bytes, however broken, make it throw', async () => {
    const jpeg = await canvas.clone().jpeg().toBuffer();
    for (let length = 0; length < 700; length += 13) await fileFacts(blob(jpeg.subarray(0, length)), '');
    for (const { bytes } of await hostileFiles()) await fileFacts(blob(bytes), 'x/y');
  });
});
