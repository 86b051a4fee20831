import type { Pairs } from './compare-all';
import { barAt, type Interval, wilson } from './statistics';

const ROUNDS = 1000;

/** Resampling moves the bar, but hardly ever beyond this many times the rate asked for; only these impostors need sorting. */
const HEAD = 10;

/** What is resampled. `faces` holds the number of faces of each person. */
export interface Sample {
  genuine: Pairs;
  impostor: Pairs;
  faces: readonly number[];
}

/**
 * Interval of the share of genuine pairs that pass where `rate` of the impostor pairs do. People, not pairs, are drawn
 * with replacement, because the pairs of one person stand and fall together. Where (nearly) every genuine pair passes, drawing again
 * cannot show a failure, and the interval is that of as many successful trials as there are people with a pair.
 * `random` gives numbers in [0, 1). [0, 1] when there is nothing to resample.
 */
export function passRateInterval(rate: number, sample: Sample, random: () => number): Interval {
  const head = highest(sample.impostor, rate * HEAD);
  const shares: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const share = passRate(rate, sample, head, draw(sample.faces.length, random));
    if (!Number.isNaN(share)) shares.push(share);
  }
  shares.sort((a, b) => a - b);
  const at = (quantile: number) => shares[Math.min(shares.length - 1, Math.floor(quantile * shares.length))] ?? 0;
  if (shares.length > 0 && at(0.025) < 1) return [at(0.025), at(0.975)];
  const tried = shares.length === 0 ? 0 : new Set(sample.genuine.first).size;
  return wilson(tried, tried);
}

/** Rows of the highest `share` of the scores, and of those equal to the lowest of them, highest first. */
function highest({ scores }: Pairs, share: number): Uint32Array {
  const bar = barAt(Math.min(1, share), scores);
  const rows: number[] = [];
  for (let row = 0; row < scores.length; row += 1) if ((scores[row] ?? 0) >= bar) rows.push(row);
  return Uint32Array.from(rows).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

/** How often each person is drawn when as many are drawn as there are. */
function draw(people: number, random: () => number): Float64Array {
  const times = new Float64Array(people);
  for (let i = 0; i < people; i += 1) {
    const person = Math.floor(random() * people);
    times[person] = (times[person] ?? 0) + 1;
  }
  return times;
}

/** The share for people who count several times or not at all. NaN when a draw leaves no pair of one of the kinds. */
function passRate(rate: number, { genuine, impostor, faces }: Sample, head: Uint32Array, times: Float64Array): number {
  const allowed = rate * impostorWeight(faces, times) + 1e-9;
  let bar = Number.NEGATIVE_INFINITY;
  let passed = 0;
  for (const row of head) {
    bar = impostor.scores[row] ?? 0;
    passed += (times[impostor.first[row] ?? 0] ?? 0) * (times[impostor.second[row] ?? 0] ?? 0);
    if (passed > allowed) break;
  }
  let all = 0;
  let above = 0;
  for (let row = 0; row < genuine.scores.length; row += 1) {
    const weight = times[genuine.first[row] ?? 0] ?? 0;
    all += weight;
    if ((genuine.scores[row] ?? 0) > bar) above += weight;
  }
  return allowed <= 1e-9 || all === 0 ? Number.NaN : above / all;
}

/** Number of pairs of two different people, each pair as often as both are drawn. */
function impostorWeight(faces: readonly number[], times: Float64Array): number {
  let sum = 0;
  let squares = 0;
  faces.forEach((count, person) => {
    const weight = count * (times[person] ?? 0);
    sum += weight;
    squares += weight * weight;
  });
  return (sum * sum - squares) / 2;
}
