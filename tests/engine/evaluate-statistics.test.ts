import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '@/lib/cli/demo/random';
import { compareAll, type EnrolledFace, facesPerPerson } from '@/lib/engine/evaluate/compare-all';
import { passRateInterval } from '@/lib/engine/evaluate/pass-rate-interval';
import { accuracyAt, passRateAt, wilson } from '@/lib/engine/evaluate/statistics';

const scores = fc.array(
  fc.integer({ min: -20, max: 20 }).map((n) => n / 20),
  { minLength: 1, maxLength: 60 },
);

describe('the pass rate at a false pass rate', () => {
  const impostor = [0.1, 0.2, 0.3, 0.4];

  it('lets as many impostors pass as the rate allows, and none more', () => {
    expect(passRateAt(0, [0.35, 0.45], impostor)).toBe(0.5);
    expect(passRateAt(0.24, [0.35, 0.45], impostor)).toBe(0.5);
    expect(passRateAt(0.25, [0.35, 0.45], impostor)).toBe(1);
    expect(passRateAt(1, [-1], impostor)).toBe(1);
  });

  it('does not count a genuine score that ties with an impostor who must not pass', () => {
    expect(passRateAt(0, [0.4, 0.4, 0.41], impostor)).toBeCloseTo(1 / 3);
    expect(passRateAt(0.25, [0.5], [0.5, 0.5, 0.5, 0.1])).toBe(0);
  });

  it('is unknown without scores of either kind', () => {
    expect(passRateAt(0.01, [], impostor)).toBeNaN();
    expect(passRateAt(0.01, [0.5], [])).toBeNaN();
  });

  it('never falls when more impostors may pass, and never rises when an impostor scores higher', () => {
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (g, i, a, b) => {
        expect(passRateAt(Math.min(a, b), g, i)).toBeLessThanOrEqual(passRateAt(Math.max(a, b), g, i));
        const [first = 0, ...rest] = i;
        expect(passRateAt(a, g, [first + 0.5, ...rest])).toBeLessThanOrEqual(passRateAt(a, g, i));
      }),
    );
  });
});

it('counts a score at the threshold as the same person', () => {
  expect(accuracyAt(0.38, [0.38, 0.37], [0.38, 0.1])).toBe(0.5);
  expect(accuracyAt(0.38, [0.9], [0.1, 0.2, 0.3])).toBe(1);
});

describe('the interval of a share', () => {
  it('agrees with published examples of the Wilson interval', () => {
    expect(wilson(81, 263).map((end) => Number(end.toFixed(4)))).toEqual([0.2553, 0.3662]);
    expect(wilson(15, 148).map((end) => Number(end.toFixed(4)))).toEqual([0.0624, 0.1605]);
    expect(wilson(0, 20).map((end) => Number(end.toFixed(4)))).toEqual([0, 0.1611]);
  });

  it('holds the share, stays within 0 and 1, and narrows with more trials', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (hits, misses) => {
        const trials = hits + misses;
        const [low, high] = wilson(hits, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        if (trials === 0) return;
        expect(low).toBeLessThanOrEqual(hits / trials);
        expect(high).toBeGreaterThanOrEqual(hits / trials);
        const [closer, further] = wilson(hits * 10, trials * 10);
        expect(further - closer).toBeLessThan(high - low);
      }),
    );
  });
});

describe('all pairs of some faces', () => {
  // Angles on a circle: the cosine between two faces is that of their difference.
  const faces = (angles: number[][]): EnrolledFace[] =>
    angles.flatMap((own, person) =>
      own.map((angle, index) => ({
        person,
        picture: `${person}/${index}`,
        embedding: Float32Array.of(Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)),
      })),
    );

  it('are told apart into those of one person and those of two, the worst of each named', () => {
    const { genuine, impostor, leastAlike, mostAlike } = compareAll(faces([[0, 10, 50], [90], [180, 185]]));
    expect([genuine.scores.length, impostor.scores.length]).toEqual([4, 11]);
    expect(leastAlike[0]?.pictures).toEqual(['0/0', '0/2']);
    expect(leastAlike.map(({ score }) => score)).toEqual(leastAlike.map(({ score }) => score).toSorted((a, b) => a - b));
    expect(mostAlike[0]?.pictures).toEqual(['0/2', '1/0']);
    expect(mostAlike).toHaveLength(10);
  });

  it('give an interval that holds the measured rate, the same on every run', () => {
    const random = randomOf(3);
    const people = Array.from({ length: 30 }, (_, person) => Array.from({ length: 3 }, () => person * 12 + random.between(-14, 14)));
    const enrolled = faces(people);
    const { genuine, impostor } = compareAll(enrolled);
    const sample = { genuine, impostor, faces: facesPerPerson(enrolled) };
    const measured = passRateAt(0.01, genuine.scores, impostor.scores);
    const [low, high] = passRateInterval(0.01, sample, randomOf(1).next);
    expect(low).toBeLessThanOrEqual(measured);
    expect(high).toBeGreaterThanOrEqual(measured);
    expect(low).toBeGreaterThan(0);
    expect(high - low).toBeGreaterThan(0.02);
    expect(passRateInterval(0.01, sample, randomOf(1).next)).toEqual([low, high]);
  });

  it('never give certainty: eight people without a failure prove no more than eight trials do', () => {
    const enrolled = faces(Array.from({ length: 8 }, (_, person) => [person * 45, person * 45 + 1]));
    const { genuine, impostor } = compareAll(enrolled);
    const sample = { genuine, impostor, faces: facesPerPerson(enrolled) };
    expect(passRateInterval(0.01, sample, randomOf(1).next)).toEqual(wilson(8, 8));
  });
});
