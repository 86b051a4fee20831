import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { chooseSpace, placeFace } from '@/lib/domain/coordinate-space';
import { type Orientation, readOrientation, storedBoxToShown, storedSize, storedToShown } from '@/lib/domain/orientation';
import type { Face } from '@/lib/domain/verification';
import { face } from './record';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const STORED = { width: 60, height: 40 };
const shownSize = (orientation: Orientation) => storedSize(STORED, orientation);

/** The same face with coordinates that count stored pixels. */
function asStored(shown: Face, orientation: Orientation): Face {
  // Seven of the eight are their own inverse or each other's: 6 and 8.
  const back: Orientation = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
  return placeFace(shown, 'stored', STORED, back);
}

describe('the orientation of a picture', () => {
  test('a stored pixel lies on the upright picture where a picture library puts it, for all eight', async () => {
    for (const orientation of ORIENTATIONS) {
      const point = { x: 50, y: 10 };
      const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
        .png()
        .toBuffer();
      const stored = sharp({ create: { ...STORED, channels: 3, background: '#000' } })
        .composite([{ input: dot, left: point.x, top: point.y }])
        .png();
      const tagged = await sharp(await stored.toBuffer())
        .withMetadata({ orientation })
        .png()
        .toBuffer();
      const { data, info } = await sharp(tagged).autoOrient().greyscale().raw().toBuffer({ resolveWithObject: true });
      const at = data.findIndex((value, index) => index % info.channels === 0 && value > 128) / info.channels;
      const shown = { width: info.width, height: info.height };
      expect(shown, `EXIF ${orientation}`).toEqual(shownSize(orientation));
      // The middle of the pixel, so that no edge has two owners.
      const middle = storedToShown({ x: point.x + 0.5, y: point.y + 0.5 }, shown, orientation);
      expect([middle.x - 0.5, middle.y - 0.5], `EXIF ${orientation}`).toEqual([at % info.width, Math.floor(at / info.width)]);
    }
  });

  test('a box stays a box with its corners in order, and what is no orientation is none', () => {
    for (const orientation of ORIENTATIONS) {
      const box = storedBoxToShown({ x1: 5, y1: 6, x2: 15, y2: 26 }, shownSize(orientation), orientation);
      expect(box.x1 < box.x2 && box.y1 < box.y2, `EXIF ${orientation}`).toBe(true);
      expect((box.x2 - box.x1) * (box.y2 - box.y1)).toBe(200);
    }
    expect([0, 9, '6', null, undefined, 6].map(readOrientation)).toEqual([1, 1, 1, 1, 1, 6]);
  });
});

describe('what coordinates count', () => {
  const upright = face({
    box: { x1: 5, y1: 4, x2: 25, y2: 28 },
    landmarks: {
      left_eye: { x: 20, y: 12 },
      right_eye: { x: 10, y: 12 },
      nose: { x: 15, y: 17 },
      mouth_left: { x: 19, y: 23 },
      mouth_right: { x: 11, y: 23 },
    },
  });

  test('faces upright as shown are taken as shown, faces upright only as stored are taken as stored, for all eight', () => {
    for (const orientation of ORIENTATIONS) {
      const shown = shownSize(orientation);
      expect(chooseSpace([upright], shown, orientation).space, `EXIF ${orientation}`).toBe('shown');
      const back: Orientation = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
      const stored = placeFace(upright, 'stored', STORED, back);
      const inStored = { ...stored, raw: upright.raw };
      const chosen = chooseSpace([inStored], shown, orientation);
      expect(chosen.space, `EXIF ${orientation}: ${chosen.reason}`).toBe(orientation === 1 ? 'shown' : 'stored');
      expect(placeFace(inStored, chosen.space, shown, orientation).box).toEqual(upright.box);
    }
  });

  test('a box that lies inside only one way decides, and the reason says so', () => {
    const wide = face({ box: { x1: 42, y1: 4, x2: 58, y2: 20 }, landmarks: {} });
    expect(chooseSpace([wide], { width: 40, height: 60 }, 6)).toEqual({
      space: 'stored',
      reason: 'Only so all boxes lie inside the picture.',
    });
    expect(chooseSpace([wide], { width: 60, height: 40 }, 6)).toEqual({
      space: 'shown',
      reason: 'Only so all boxes lie inside the picture.',
    });
  });

  test('where nothing tells, coordinates are taken as shown and that is said', () => {
    expect(chooseSpace([], { width: 40, height: 60 }, 6).reason).toBe('No face to tell by; taken as shown.');
    const blind = face({ box: { x1: 5, y1: 4, x2: 25, y2: 28 }, landmarks: {} });
    expect(chooseSpace([blind], { width: 40, height: 60 }, 6)).toEqual({
      space: 'shown',
      reason: 'Both ways fit equally well; taken as shown.',
    });
    expect(chooseSpace([blind], STORED, 1).reason).toContain('stored upright');
  });

  test('what the record said is never changed', () => {
    const placed = placeFace(face({ raw: { boundingBox: { x1: 1 } } }), 'stored', STORED, 3);
    expect(placed.raw).toEqual({ boundingBox: { x1: 1 } });
    expect(asStored(placeFace(upright, 'stored', STORED, 4), 4).box).toEqual(upright.box);
  });
});
