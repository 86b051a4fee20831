import { describe, expect, test } from 'vitest';
import { decisionInput } from '@/lib/domain/decision';
import { type DecisionView, pictureSeenText } from '@/lib/domain/decision-view';
import { isPlain, LOOK_RANGES, PLAIN_LOOK } from '@/lib/domain/picture-look';

const seen: NonNullable<DecisionView['id']> = {
  scale: 2,
  centre: { x: 120.5, y: 80 },
  canvas: { width: 640, height: 480 },
  turn: 1,
  mirrored: true,
  look: { ...PLAIN_LOOK, contrast: 40, brightness: -10, greyscale: true },
  coordinates: { orientation: 6, space: 'stored', byHand: true },
};
const view: DecisionView = { id: seen, face: null, paired: true, boxes: true, landmarks: false };
const decision = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '' };

describe('the view a decision was made in', () => {
  test('is taken with a decision, may be left out, and is refused when it is no view', () => {
    expect(decisionInput.parse({ ...decision, view }).view).toEqual(view);
    expect(decisionInput.parse(decision).view).toBeUndefined();
    for (const broken of [
      { ...view, id: { ...seen, turn: 4 } },
      { ...view, id: { ...seen, scale: Number.NaN } },
      { ...view, more: 'x' },
      'fitted',
    ])
      expect(decisionInput.safeParse({ ...decision, view: broken }).success).toBe(false);
  });

  test('reads as words, and a plain look needs none', () => {
    expect(pictureSeenText(seen)).toBe(
      'at 200%, turned 90°, mirrored, brightness −10, contrast +40, greyscale, coordinates as stored by hand (EXIF 6)',
    );
    const plain = {
      ...seen,
      turn: 0,
      mirrored: false,
      look: PLAIN_LOOK,
      coordinates: { orientation: 1, space: 'shown', byHand: false },
    } as const;
    expect(pictureSeenText(plain)).toBe('at 200%');
  });

  test('the plain look lies within the ranges', () => {
    expect(isPlain(PLAIN_LOOK)).toBe(true);
    for (const [name, { min, max }] of Object.entries(LOOK_RANGES)) {
      const value = Reflect.get(PLAIN_LOOK, name);
      expect(value >= min && value <= max, name).toBe(true);
    }
  });
});
