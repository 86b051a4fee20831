/** Lower and upper end of a 95 % confidence interval, as shares 0..1. */
export type Interval = readonly [low: number, high: number];

type Scores = ArrayLike<number> & Iterable<number>;

const Z = 1.959964;

/**
 * The bar that scores must lie above so that at most `rate` (0..1) of the impostor scores pass. A score equal to the bar
 * does not pass, so ties never flatter.
 */
export function barAt(rate: number, impostor: Scores): number {
  const allowed = Math.floor(rate * impostor.length + 1e-9);
  return (
    Float64Array.from(impostor)
      .sort()
      .at(-1 - allowed) ?? Number.NEGATIVE_INFINITY
  );
}

/** Share of genuine scores that pass where at most `rate` of the impostor scores do. NaN without scores of either kind. */
export function passRateAt(rate: number, genuine: Scores, impostor: Scores): number {
  if (genuine.length === 0 || impostor.length === 0) return Number.NaN;
  const bar = barAt(rate, impostor);
  return count(genuine, (score) => score > bar) / genuine.length;
}

/** Share of all pairs judged right when scores from `threshold` on count as the same person. NaN without pairs. */
export function accuracyAt(threshold: number, genuine: Scores, impostor: Scores): number {
  const right = count(genuine, (score) => score >= threshold) + count(impostor, (score) => score < threshold);
  return right / (genuine.length + impostor.length);
}

/** Interval of a share seen as `hits` in `trials` independent trials (Wilson 1927). [0, 1] without trials. */
export function wilson(hits: number, trials: number): Interval {
  if (trials === 0) return [0, 1];
  const share = hits / trials;
  const scale = 1 + Z ** 2 / trials;
  const middle = (share + Z ** 2 / (2 * trials)) / scale;
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  return [hits === 0 ? 0 : middle - reach, hits === trials ? 1 : middle + reach];
}

function count(scores: Scores, rule: (score: number) => boolean): number {
  let found = 0;
  for (const score of scores) if (rule(score)) found += 1;
  return found;
}
