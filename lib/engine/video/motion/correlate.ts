import type { Patch } from './sample-grey';

/** How two patches of one size go together, over the values both have. */
export interface Correlation {
  /** -1..1, blind to brightness and contrast; 1 is the same picture. */
  value: number;
  /** Values compared. */
  count: number;
  first: { mean: number; spread: number };
  second: { mean: number; spread: number };
}

export function correlate(first: Patch, second: Patch): Correlation {
  let count = 0;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let at = 0; at < first.length; at += 1) {
    const x = first[at] ?? Number.NaN;
    const y = second[at] ?? Number.NaN;
    if (Number.isNaN(x + y)) continue;
    count += 1;
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const mean = { x: a / count, y: b / count };
  const spread = { x: Math.sqrt(Math.max(0, aa / count - mean.x ** 2)), y: Math.sqrt(Math.max(0, bb / count - mean.y ** 2)) };
  const product = spread.x * spread.y;
  return {
    value: product > 0 ? (ab / count - mean.x * mean.y) / product : 0,
    count,
    first: { mean: mean.x, spread: spread.x },
    second: { mean: mean.y, spread: spread.y },
  };
}
