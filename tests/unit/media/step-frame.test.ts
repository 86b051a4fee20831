import { describe, expect, test } from 'vitest';
import { type FrameSource, stepBack, stepOn } from '@/components/media/step-frame';

/** A clip whose frames begin at these times, and how often it was moved. */
function clip(begins: number[]): FrameSource & { moves: number } {
  const source = {
    shown: begins[0] ?? 0,
    duration: (begins.at(-1) ?? 0) + 0.04,
    moves: 0,
    show: async (at: number) => {
      source.moves += 1;
      source.shown = begins.findLast((begin) => begin <= at + 1e-9) ?? begins[0] ?? 0;
      return source.shown;
    },
  };
  return source;
}

const steady = (rate: number, frames: number) => Array.from({ length: frames }, (_, index) => index / rate);
const RHYTHMS: [string, number[]][] = [
  ['3 frames a second', steady(3, 9)],
  ['25 frames a second', steady(25, 40)],
  ['60 frames a second', steady(60, 60)],
  ['240 frames a second', steady(240, 60)],
  ['a changing rate', [0, 0.01, 0.5, 0.52, 0.53, 2, 2.5]],
];

describe('stepping by frames', () => {
  test.each(RHYTHMS)('meets every frame forth and back at %s', async (_name, begins) => {
    const source = clip(begins);
    let usual: number | null = null;
    const forth = [source.shown];
    for (let step = 1; step < begins.length; step++) {
      const before = source.shown;
      forth.push(await stepOn(source, usual));
      usual = source.shown - before;
    }
    expect(forth).toEqual(begins);
    const back = [source.shown];
    while (source.shown > 0) back.push(await stepBack(source));
    expect(back.toReversed()).toEqual(begins);
  });

  test('takes one seek for a frame once the rate is known, and stays on the last one', async () => {
    const source = clip(steady(25, 10));
    await stepOn(source, 0.04);
    expect(source.moves).toBe(1);
    await source.show(9);
    expect(await stepOn(source, 0.04)).toBe(source.shown);
    expect(source.shown).toBeCloseTo(9 / 25);
  });
});
