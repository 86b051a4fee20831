/** A rectangle in pixels: left, top, right, bottom. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

export interface Candidate {
  box: Box;
  /** 0..1. */
  score: number;
}

export function areaOf([x1, y1, x2, y2]: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
}

/** Shared area over joint area, 0..1. */
export function overlap(a: Box, b: Box): number {
  const shared = areaOf([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
  const joint = areaOf(a) + areaOf(b) - shared;
  return joint > 0 ? shared / joint : 0;
}

/** The best of every group of candidates that overlap by more than `limit`, best first. */
export function strongest<T extends Candidate>(candidates: readonly T[], limit: number): T[] {
  const kept: T[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(other.box, candidate.box) <= limit)) kept.push(candidate);
  }
  return kept;
}
