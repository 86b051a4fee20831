import { describe, expect, test } from 'vitest';
import { type ComparisonSeen, comparisonSeenText } from '@/lib/domain/comparison-view';
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
const comparison: ComparisonSeen = {
  mode: 'onion',
  id: { number: 2, laidBy: 'landmarks' },
  face: { number: 1, laidBy: 'box' },
  zoom: 1.5,
  shift: { x: 0.2, y: 0 },
  moved: { x: 0.1, y: -0.02 },
  large: true,
  stillMs: 1250,
};
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

  test('keeps how the faces lay upon each other; decisions from before that was kept are read as they are', () => {
    for (const kept of [comparison, null, undefined]) {
      const withIt = { ...view, ...(kept !== undefined && { comparison: kept }) };
      expect(decisionInput.parse({ ...decision, view: withIt }).view).toEqual(withIt);
    }
    for (const broken of [
      { ...comparison, mode: 'overlay' },
      { ...comparison, face: { number: 0, laidBy: 'box' } },
      { ...comparison, zoom: Number.POSITIVE_INFINITY },
    ])
      expect(decisionInput.safeParse({ ...decision, view: { ...view, comparison: broken } }).success).toBe(false);
    expect(comparisonSeenText(comparison)).toBe(
      'onion skin, ID face 2 and selfie face 1, a frame kept at 1.25 s, the selfie laid by the box, at 150%, the selfie moved by hand +0.10 across and −0.02 down',
    );
    const plain = { ...comparison, face: comparison.id, zoom: 1, moved: { x: 0, y: 0 }, stillMs: null };
    expect(comparisonSeenText(plain)).toBe('onion skin, ID face 2 and selfie face 2');
  });

  test('the plain look lies within the ranges', () => {
    expect(isPlain(PLAIN_LOOK)).toBe(true);
    for (const [name, { min, max }] of Object.entries(LOOK_RANGES)) {
      const value = Reflect.get(PLAIN_LOOK, name);
      expect(value >= min && value <= max, name).toBe(true);
    }
  });
});
