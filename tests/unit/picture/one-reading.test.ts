import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import type { Face } from '@/lib/domain/verification';
import { decode } from '@/lib/engine/image/decode';
import { overlayPicture } from '@/lib/export/overlay-picture';
import { quartersSeen, TURNED_FORMATS, turnedFile, UPRIGHT_QUARTERS } from '../../helpers/turned-files';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const folder = mkdtempSync(join(tmpdir(), 'second-look-turned-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['jpeg', 'webp', 'png'] as const)('the engine sees a turned %s upright, for all eight', async (format) => {
  for (const orientation of ORIENTATIONS) {
    const file = join(folder, `${format}-${orientation}`);
    writeFileSync(file, await turnedFile(format, orientation));
    const { shown, pixels } = await decode(file);
    const { width, height, data } = pixels.base;
    expect(`${shown.width}x${shown.height}`, `EXIF ${orientation}`).toBe(UPRIGHT_QUARTERS[orientation].split(' ')[0]);
    expect(quartersSeen(data, width, height, 3), `EXIF ${orientation}`).toBe(UPRIGHT_QUARTERS[orientation]);
  }
});

test.each(TURNED_FORMATS)('the picture of a case pack and its PDF shows a turned %s upright, for all eight', async (format) => {
  for (const orientation of ORIENTATIONS) {
    const drawn = await overlayPicture(await turnedFile(format, orientation), []);
    const { data, info } = await sharp(drawn?.bytes).raw().toBuffer({ resolveWithObject: true });
    expect(quartersSeen(data, info.width, info.height, info.channels), `EXIF ${orientation}`).toBe(UPRIGHT_QUARTERS[orientation]);
  }
});

test('what the connection says holds for the picture of a case pack, and a face that is not drawn leaves no point there', async () => {
  const face = (parts: Partial<Face>): Face => ({
    ...{ id: 'f', category: 'id', number: 1, confidence: 0.9, boxProblem: null, brokenLandmarks: [], raw: null, landmarks: {} },
    box: { x1: 10, y1: 10, x2: 30, y2: 30 },
    ...parts,
  });
  const grey = sharp({ create: { width: 200, height: 100, channels: 3, background: '#808080' } });
  const file = await grey.webp().withMetadata({ orientation: 6 }).toBuffer();
  const painted = async (drawn: { bytes: Buffer } | null, x: number, y: number) => {
    const { data } = await sharp(drawn?.bytes).raw().toBuffer({ resolveWithObject: true });
    return [0, 1, 2].some((channel) => Math.abs((data[(y * 100 + x) * 3 + channel] ?? 0) - 128) > 40);
  };
  const asShown = await overlayPicture(file, [face({})], 'shown');
  const asStored = await overlayPicture(file, [face({})], 'stored');
  expect([await painted(asShown, 10, 25), await painted(asShown, 90, 25)]).toEqual([true, false]);
  expect([await painted(asStored, 10, 25), await painted(asStored, 90, 25)]).toEqual([false, true]);
  const without = await overlayPicture(file, [face({ box: null, boxProblem: 'missing', landmarks: { nose: { x: 50, y: 50 } } })], 'shown');
  expect(await painted(without, 50, 50)).toBe(false);
  expect(await painted(without, 53, 50)).toBe(false);
});
