import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { proposedSetting } from '@/lib/domain/coordinate-space';
import type { Face } from '@/lib/domain/verification';
import { chooseSpace, placeFace } from '@/lib/picture/choose-space';
import { type Orientation, readOrientation, storedBoxToShown, storedSize, storedToShown } from '@/lib/picture/orientation';
import { face } from '../evidence/record';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const STORED = { width: 60, height: 40 };
const STORED_PIXELS = { space: 'stored', exchanged: false } as const;
const shownSize = (orientation: Orientation) => storedSize(STORED, orientation);

/** The same face with coordinates that count stored pixels. */
function asStored(shown: Face, orientation: Orientation): Face {
  // Seven of the eight are their own inverse or each other's: 6 and 8.
  const back: Orientation = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
  return placeFace(shown, STORED_PIXELS, STORED, back);
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
      const stored = placeFace(upright, STORED_PIXELS, STORED, back);
      const inStored = { ...stored, raw: upright.raw };
      const chosen = chooseSpace([inStored], shown, orientation);
      expect(chosen.space, `EXIF ${orientation}: ${chosen.reason}`).toBe(orientation === 1 ? 'shown' : 'stored');
      expect(placeFace(inStored, chosen, shown, orientation).box).toEqual(upright.box);
    }
  });

  test('a box that lies inside only one way decides, and the reason says so', () => {
    const wide = face({ box: { x1: 42, y1: 4, x2: 58, y2: 20 }, landmarks: {} });
    const reason = 'Only so all boxes lie inside the picture.';
    expect(chooseSpace([wide], { width: 40, height: 60 }, 6)).toEqual({ space: 'stored', exchanged: false, reason, isGuess: false });
    expect(chooseSpace([wide], { width: 60, height: 40 }, 6)).toEqual({ space: 'shown', exchanged: false, reason, isGuess: false });
  });

  test('where nothing tells, coordinates are taken as shown and that is said to be a guess', () => {
    expect(chooseSpace([], { width: 40, height: 60 }, 6)).toMatchObject({ isGuess: true, reason: 'No face to tell by; taken as shown.' });
    const blind = face({ box: { x1: 5, y1: 4, x2: 25, y2: 28 }, landmarks: {} });
    expect(chooseSpace([blind], { width: 40, height: 60 }, 6)).toEqual({
      space: 'shown',
      exchanged: false,
      reason: 'Both ways fit equally well; taken as shown.',
      isGuess: true,
    });
    expect(chooseSpace([blind], STORED, 1).reason).toContain('stored upright');
  });

  test('an upright face outweighs a box the edge cuts, and the contradiction is said', () => {
    // Upright the face lies 4 px over the left edge; its stored coordinates taken as shown would be inside, and the face on its side.
    const shown = shownSize(6);
    const over = face({
      box: { x1: -4, y1: 10, x2: 16, y2: 32 },
      landmarks: { left_eye: { x: 11, y: 18 }, right_eye: { x: 1, y: 18 }, nose: { x: 6, y: 23 } },
    });
    const inStored = placeFace(over, STORED_PIXELS, STORED, 8);
    const chosen = chooseSpace([inStored], shown, 6);
    expect(chosen).toEqual({
      space: 'stored',
      exchanged: false,
      reason: 'Only so the face stands upright, although a box is then cut at the edge.',
      isGuess: true,
    });
    expect(placeFace(inStored, chosen, shown, 6).landmarks).toEqual(over.landmarks);
  });

  test('in a mirrored file sides named as they look there are exchanged: 4, 5 and 7 by the face, 2 only by the connection', () => {
    for (const orientation of [2, 4, 5, 7] as const) {
      const shown = shownSize(orientation);
      const seen = { space: 'stored', exchanged: true } as const;
      // The four mirrored orientations are their own inverse.
      const named = placeFace(upright, seen, STORED, orientation);
      const alone = chooseSpace([named], shown, orientation);
      const told = chooseSpace([named], shown, orientation, 'stored');
      expect(alone.isGuess, `EXIF ${orientation}: ${alone.reason}`).toBe(orientation === 2);
      for (const chosen of orientation === 2 ? [told] : [alone, told]) {
        expect(chosen, `EXIF ${orientation}`).toMatchObject(seen);
        expect(placeFace(named, chosen, shown, orientation), `EXIF ${orientation}`).toMatchObject({
          box: upright.box,
          landmarks: upright.landmarks,
        });
      }
      expect(alone.reason + told.reason).toContain(orientation === 2 ? 'Both ways fit equally well' : 'named as in the mirrored file');
    }
  });

  test('what the connection says comes first, and a picture that speaks against it is a guess', () => {
    const shown = shownSize(6);
    const inStored = placeFace(upright, STORED_PIXELS, STORED, 8);
    expect(chooseSpace([inStored], shown, 6, 'stored')).toMatchObject({ space: 'stored', isGuess: false });
    expect(chooseSpace([inStored], shown, 6, 'shown')).toEqual({
      space: 'shown',
      exchanged: false,
      reason: 'The connection is set to coordinates as shown. This picture speaks for stored: Only so the face stands upright.',
      isGuess: true,
    });
    expect(chooseSpace([], shown, 6, 'stored')).toMatchObject({ space: 'stored', isGuess: false });
    expect(chooseSpace([upright], STORED, 1, 'stored')).toMatchObject({ space: 'shown', isGuess: false });
  });

  test('a setting is proposed where at least three pictures tell and nine in ten agree', () => {
    const survey = (shown: number, stored: number) => proposedSetting({ records: 200, pictures: 400, turned: 60, shown, stored });
    expect([survey(0, 0), survey(0, 2), survey(0, 3), survey(30, 3), survey(30, 4), survey(1, 19)]).toEqual([
      ...['per-picture', 'per-picture', 'stored', 'shown', 'per-picture', 'stored'],
    ]);
  });

  test('what the record said is never changed', () => {
    const placed = placeFace(face({ raw: { boundingBox: { x1: 1 } } }), STORED_PIXELS, STORED, 3);
    expect(placed.raw).toEqual({ boundingBox: { x1: 1 } });
    expect(asStored(placeFace(upright, STORED_PIXELS, STORED, 4), 4).box).toEqual(upright.box);
  });
});
