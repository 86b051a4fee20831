import type { Pyramid } from '../../image/picture';
import type { Landmarks } from '../../landmarks/find-landmarks';
import { align } from '../../match/align';
import { type Correlation, correlate } from './correlate';
import { apply, compose, fromAffine, type Homography, IDENTITY } from './homography';
import { type Patch, placeOf, sampleGrey, soften } from './sample-grey';
import { solve } from './solve';

/** A face in an upright picture. */
export interface PicturedFace {
  picture: Pyramid;
  landmarks: Landmarks;
}

/** How well one picture of a face becomes another when it is moved as a flat thing, and how far it moved. */
export interface FlatFit {
  /** Correlation of the two after the best such movement, -1..1. A flat picture reaches nearly 1, whatever its movement. */
  agreement: number;
  /** How far the corner of the face moved that moved most, in distances between the eyes: shifting, turning and enlarging all count. */
  shift: number;
}

/** From -1..1, the square that is compared, to the 112 x 112 picture faces are aligned in: middle and half side there. */
const FACE_SPACE: Homography = [41, 0, 56, 0, 41, 70, 0, 0];
/** Distance between the eyes in that picture. */
const EYE_DISTANCE = 35.2;

/** First coarse and affine, then fine and with perspective. */
const PASSES = [
  { side: 24, unknowns: 6, rounds: 12 },
  { side: 48, unknowns: 8, rounds: 15 },
] as const;
const FINE = 48;
const CORNERS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;
/** Less of the face than this in both pictures says nothing. */
const LEAST_SHARE = 0.5;

/**
 * Finds the movement of a flat thing (a homography) that brings `other` onto `face` best, starting from the landmarks and
 * refining on the brightness itself: landmarks alone jitter by more than a living face moves. Gauss-Newton with weights
 * that fall where the two differ, so that a blink does not bend the fit. Null when too little of the face is in both pictures.
 */
export function fitFlat(face: PicturedFace, other: PicturedFace): FlatFit | null {
  const from = toPicture(face);
  const to = toPicture(other);
  let movement = IDENTITY;
  for (const { side, unknowns, rounds } of PASSES) {
    const wanted = sampleGrey(face.picture, from, side);
    for (let round = 0; round < rounds; round += 1) {
      const step = improve(wanted, sampleGrey(other.picture, compose(to, movement), side), side, unknowns);
      if (step === null) break;
      movement = compose(movement, step.change);
      if (step.size < 2e-4) break;
    }
  }
  const moved = compose(to, movement);
  const { value, count } = correlate(
    soften(sampleGrey(face.picture, from, FINE), FINE),
    soften(sampleGrey(other.picture, moved, FINE), FINE),
  );
  if (count < FINE * FINE * LEAST_SHARE) return null;
  const eyes = (EYE_DISTANCE / FACE_SPACE[0]) * Math.hypot(from[0], from[3]);
  const shifts = CORNERS.map(([x, y]) => {
    const [before, after] = [apply(from, x, y), apply(moved, x, y)];
    return Math.hypot(after.x - before.x, after.y - before.y) / eyes;
  });
  return { agreement: value, shift: Math.max(...shifts) };
}

function toPicture({ landmarks }: PicturedFace): Homography {
  return compose(fromAffine(align(landmarks)), FACE_SPACE);
}

/** One round: the small change of the map that lessens the difference most, and the size of its largest term. */
function improve(wanted: Patch, seen: Patch, side: number, unknowns: 6 | 8): { change: Homography; size: number } | null {
  const match = correlate(wanted, seen);
  if (match.count < side * side * LEAST_SHARE || match.first.spread === 0 || match.second.spread === 0) return null;
  const { matrix, vector } = normalEquations(wanted, seen, match, side, unknowns);
  const terms = solve(matrix, vector);
  if (terms === null) return null;
  const term = (index: number): number => terms[index] ?? 0;
  const change: Homography = [1 + term(0), term(1), term(2), term(3), 1 + term(4), term(5), term(6), term(7)];
  return { change, size: Math.max(...terms.map(Math.abs)) };
}

function normalEquations(wanted: Patch, seen: Patch, match: Correlation, side: number, unknowns: number) {
  const matrix = new Float64Array(unknowns * unknowns);
  const vector = new Float64Array(unknowns);
  const slope = new Float64Array(8);
  const { first, second } = match;
  const perUnit = side / 4 / second.spread;
  const value = (patch: Patch, at: number): number => patch[at] ?? Number.NaN;
  for (let row = 1; row < side - 1; row += 1) {
    const y = placeOf(row, side);
    for (let column = 1; column < side - 1; column += 1) {
      const at = row * side + column;
      const across = (value(seen, at + 1) - value(seen, at - 1)) * perUnit;
      const down = (value(seen, at + side) - value(seen, at - side)) * perUnit;
      const difference = (value(wanted, at) - first.mean) / first.spread - (value(seen, at) - second.mean) / second.spread;
      if (Number.isNaN(across + down + difference)) continue;
      const x = placeOf(column, side);
      const along = across * x + down * y;
      slope.set([across * x, across * y, across, down * x, down * y, down, -along * x, -along * y]);
      const weight = 1 / (1 + Math.abs(difference) * 3);
      for (let i = 0; i < unknowns; i += 1) {
        const weighted = (slope[i] ?? 0) * weight;
        vector[i] = (vector[i] ?? 0) + weighted * difference;
        for (let j = 0; j <= i; j += 1) matrix[i * unknowns + j] = (matrix[i * unknowns + j] ?? 0) + weighted * (slope[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < unknowns; i += 1) {
    matrix[i * unknowns + i] = (matrix[i * unknowns + i] ?? 0) * 1.001;
    for (let j = i + 1; j < unknowns; j += 1) matrix[i * unknowns + j] = matrix[j * unknowns + i] ?? 0;
  }
  return { matrix, vector };
}
