import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Face } from '@/lib/domain/verification';
import { overlayPicture } from '@/lib/export/overlay-picture';

const face: Face = {
  ...{ id: 'f', category: 'id', number: 1, confidence: 0.9, boxProblem: null, brokenLandmarks: [], raw: null },
  box: { x1: 40, y1: 100, x2: 160, y2: 300 },
  landmarks: { nose: { x: 100, y: 200 } },
};

/** Whether anything within a pixel of a point is far from the grey ground. */
async function painted(bytes: Buffer, x: number, y: number): Promise<boolean> {
  const { data } = await sharp(bytes)
    .extract({ left: x - 1, top: y - 1, width: 3, height: 3 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return data.some((value) => Math.abs(value - 128) > 40);
}

test('boxes and landmarks lie where the record says, on the picture as it is shown', async () => {
  // 400 x 200 in the file, turned by its EXIF to 200 x 400.
  const file = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#808080' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const drawn = await overlayPicture(file, [face]);
  if (!drawn) throw new Error('nothing was drawn');
  expect([drawn.width, drawn.height]).toEqual([200, 400]);
  expect(await painted(drawn.bytes, 100, 300)).toBe(true);
  expect(await painted(drawn.bytes, 160, 200)).toBe(true);
  expect(await painted(drawn.bytes, 100, 200)).toBe(true);
  expect(await painted(drawn.bytes, 100, 250)).toBe(false);
  expect(await painted(drawn.bytes, 20, 20)).toBe(false);
});

test('a large picture is drawn smaller, its boxes with it', async () => {
  const file = await sharp({ create: { width: 3200, height: 1600, channels: 3, background: '#808080' } })
    .png()
    .toBuffer();
  const drawn = await overlayPicture(file, [{ ...face, box: { x1: 1600, y1: 800, x2: 2400, y2: 1200 }, landmarks: {} }]);
  expect([drawn?.width, drawn?.height]).toEqual([1600, 800]);
  expect(await painted(drawn?.bytes ?? Buffer.alloc(0), 1000, 600)).toBe(true);
});

test('what is no picture has none', async () => {
  expect(await overlayPicture(Buffer.from('%PDF-1.7'), [face])).toBeNull();
});
