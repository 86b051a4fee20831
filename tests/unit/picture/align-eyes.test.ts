import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, type ImagePoint, rollDegrees } from '@/lib/domain/geometry';
import { alignEyes, type EyePair, eyesOf, inEyeUnits, mapPoint, scaleOf } from '@/lib/picture/align-eyes';

const coordinate = fc.double({ min: -2000, max: 10_000, noNaN: true });
/** Eyes of any face: anywhere in a picture, turned by any angle, 2 to 3,000 pixels apart. */
const eyes = fc
  .record({
    x: coordinate,
    y: coordinate,
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    apart: fc.double({ min: 2, max: 3000, noNaN: true }),
  })
  .map(({ x, y, angle, apart }): EyePair => {
    const [dx, dy] = [(Math.cos(angle) * apart) / 2, (Math.sin(angle) * apart) / 2];
    return { left: { x: x + dx, y: y + dy }, right: { x: x - dx, y: y - dy } };
  });
const ONTO: EyePair = { left: { x: 230, y: 92 }, right: { x: 110, y: 92 } };

describe('aligning two faces by their eyes', () => {
  test('brings both eyes within a hundredth of a pixel of where they should be, whatever the turn and the scale', () => {
    fc.assert(
      fc.property(eyes, (pair) => {
        const similarity = alignEyes(pair, ONTO);
        expect(distance(mapPoint(similarity, pair.left), ONTO.left)).toBeLessThan(0.01);
        expect(distance(mapPoint(similarity, pair.right), ONTO.right)).toBeLessThan(0.01);
      }),
    );
  });

  test('keeps every shape: all distances grow alike and nothing is mirrored', () => {
    fc.assert(
      fc.property(eyes, coordinate, coordinate, (pair, x, y) => {
        const similarity = alignEyes(pair, ONTO);
        const [from, to] = [{ x, y }, mapPoint(similarity, { x, y })];
        const expected = distance(from, pair.left) * scaleOf(similarity);
        expect(Math.abs(distance(to, ONTO.left) - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, expected));
        const side = (a: ImagePoint, b: ImagePoint, c: ImagePoint) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        const [before, after] = [side(pair.right, pair.left, from), side(ONTO.right, ONTO.left, to)];
        if (Math.abs(after) > 1) expect(Math.sign(before)).toBe(Math.sign(after));
      }),
    );
  });

  test('lays two different faces so that their eyes coincide and both stand upright', () => {
    fc.assert(
      fc.property(eyes, eyes, (one, other) => {
        const [a, b] = [alignEyes(one, ONTO), alignEyes(other, ONTO)];
        expect(distance(mapPoint(a, one.left), mapPoint(b, other.left))).toBeLessThan(0.01);
        expect(rollDegrees(mapPoint(a, one.left), mapPoint(a, one.right))).toBeCloseTo(0, 3);
      }),
    );
  });
});

const upright = {
  left_eye: { x: 170, y: 150 },
  right_eye: { x: 130, y: 150 },
  nose: { x: 150, y: 170 },
  mouth_left: { x: 165, y: 190 },
  mouth_right: { x: 135, y: 190 },
};
const box = { x1: 100, y1: 100, x2: 200, y2: 220 };

describe('the eyes of a face', () => {
  test('are those of the record', () => {
    expect(eyesOf({ landmarks: upright, box })).toEqual({
      eyes: { left: upright.left_eye, right: upright.right_eye },
      source: 'landmarks',
    });
  });

  test('are put right when each came under the other’s name, told by the nose or else the mouth', () => {
    const exchanged = { ...upright, left_eye: upright.right_eye, right_eye: upright.left_eye };
    const { nose: _, ...noseless } = exchanged;
    for (const landmarks of [exchanged, noseless])
      expect(eyesOf({ landmarks, box })).toEqual({ eyes: { left: upright.left_eye, right: upright.right_eye }, source: 'exchanged' });
  });

  test('of a face that hangs upside down are its own, not exchanged', () => {
    const over = Object.fromEntries(Object.entries(upright).map(([name, { x, y }]) => [name, { x: 300 - x, y: 300 - y }]));
    expect(eyesOf({ landmarks: over, box })).toMatchObject({ source: 'landmarks', eyes: { left: { x: 130, y: 150 } } });
  });

  test.each([
    ['one eye is missing', { left_eye: upright.left_eye }],
    ['both are the same point', { left_eye: upright.left_eye, right_eye: upright.left_eye }],
    ['none is given', {}],
  ])('are guessed from the box when %s, and said to be', (_, landmarks) => {
    const found = eyesOf({ landmarks, box });
    expect(found?.source).toBe('box');
    expect(found?.eyes.left).toEqual({ x: 172.5, y: 150.4 });
    expect(eyesOf({ landmarks, box: null })).toBeNull();
  });

  test('give points of the face a place of their own, in distances of the eyes', () => {
    const nose = inEyeUnits({ left: upright.left_eye, right: upright.right_eye }, upright.nose);
    expect(nose.x).toBeCloseTo(0);
    expect(nose.y).toBeCloseTo(0.5);
  });
});
