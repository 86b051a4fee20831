import { describe, expect, test } from 'vitest';
import { cautionsOf } from '@/lib/picture/comparison-caution';
import { measureSample, SAMPLE_SIDE, yawHint } from '@/lib/picture/face-measures';

/** A sample whose brightness is a function of its pixels. */
const sample = (at: (x: number, y: number) => number) => ({
  grey: Float32Array.from({ length: SAMPLE_SIDE * SAMPLE_SIDE }, (_, i) => at(i % SAMPLE_SIDE, Math.floor(i / SAMPLE_SIDE))),
});
/** Stripes that go from dark to bright and back within `width` pixels, about a middle brightness. */
const stripes = (width: number, middle = 120, swing = 40) => sample((x, y) => middle + swing * Math.sin(((x + y) * 2 * Math.PI) / width));

describe('the sharpness of a face', () => {
  test('falls as its detail becomes coarser, and does not depend on contrast: dark skin is not softer than light', () => {
    const value = (of: { grey: Float32Array }) => measureSample(of)?.sharpness.value ?? 0;
    expect(value(stripes(8))).toBeGreaterThan(value(stripes(16)));
    expect(value(stripes(16))).toBeGreaterThan(value(stripes(48)));
    expect(value(stripes(16, 60, 15)) / value(stripes(16, 170, 60))).toBeCloseTo(1, 2);
  });

  test('is good with detail of a few pixels, soft with none, and soft on one even surface', () => {
    expect(measureSample(stripes(10))?.sharpness.word).toBe('good');
    expect(measureSample(stripes(64))?.sharpness.word).toBe('soft');
    expect(measureSample(sample(() => 128))?.sharpness).toEqual({ value: 0, word: 'soft' });
  });
});

describe('the light on a face', () => {
  test('is dark only when its brightest parts are, so that dark skin with lit highlights is not called dark', () => {
    expect(measureSample(stripes(16, 30, 20))?.light.word).toBe('dark');
    expect(measureSample(sample((x, y) => ((x + y) % 10 === 0 ? 180 : 40)))?.light.word).toBe('even');
  });

  test('is bright when a part of it is burnt out, and uneven when one half is much brighter', () => {
    expect(measureSample(sample((x) => (x % 5 === 0 ? 255 : 190)))?.light.word).toBe('bright');
    const lit = measureSample(sample((x) => (x < SAMPLE_SIDE / 2 ? 90 : 160)))?.light;
    expect(lit).toMatchObject({ word: 'uneven' });
    expect(lit?.slope).toBeGreaterThan(0);
  });

  test('is unknown where the picture has no pixels, and measured on what there is where it has some', () => {
    expect(measureSample(sample(() => -1))).toBeNull();
    expect(measureSample(sample((x) => (x < SAMPLE_SIDE / 2 ? -1 : 120)))?.light.mean).toBeCloseTo(120);
  });
});

test('a nose beside the middle of the eyes hints at a turned head, seen from the person herself and at any roll', () => {
  const eyes = { left: { x: 200, y: 100 }, right: { x: 100, y: 100 } };
  expect(yawHint(eyes, { x: 152, y: 150 })?.word).toBe('front');
  expect(yawHint(eyes, { x: 180, y: 150 })).toEqual({ offset: expect.closeTo(0.3), word: 'turned left' });
  expect(yawHint({ left: { x: 100, y: 200 }, right: { x: 100, y: 100 } }, { x: 50, y: 120 })?.word).toBe('turned right');
  expect(yawHint(eyes, undefined)).toBeNull();
});

describe('the caution about a comparison', () => {
  const good = { sharpness: { value: 100, word: 'good' }, light: { mean: 120, slope: 0, word: 'even' }, yaw: null } as const;
  test('names what is poor of which crop in one sentence', () => {
    const id = { ...good, name: 'ID face', size: { width: 86, height: 104 }, sharpness: { value: 20, word: 'soft' } } as const;
    const selfie = { ...good, name: 'selfie face', size: { width: 260, height: 326 } };
    expect(cautionsOf([id, selfie])).toEqual(['The ID face is 86 px wide and soft: treat likeness with care.']);
    const dark = { ...selfie, light: { mean: 30, slope: 0, word: 'dark' }, yaw: { offset: 0.3, word: 'turned left' } } as const;
    expect(cautionsOf([{ ...id, light: dark.light }, dark])).toEqual([
      'The ID face is 86 px wide, soft and dark: treat likeness with care.',
      'The selfie face is dark and turned left: treat likeness with care.',
    ]);
  });

  test('is silent about what is good, and about what is not known', () => {
    expect(cautionsOf([{ ...good, name: 'ID face', size: { width: 200, height: 260 } }])).toEqual([]);
    expect(cautionsOf([{ name: 'ID face', size: null, sharpness: null, light: null, yaw: null }])).toEqual([]);
  });
});
