import type { Box, ImagePoint } from '@/lib/domain/geometry';
import { distance } from '@/lib/domain/geometry';
import type { Face } from '@/lib/domain/verification';

/** Shift, turn and scale without shear: `x' = a·x − b·y + e`, `y' = b·x + a·y + f`. A canvas takes it as `(a, b, −b, a, e, f)`. */
export interface Similarity {
  a: number;
  b: number;
  e: number;
  f: number;
}

/** Both eyes of a face in pixels of its picture; `left` is the subject's own left, the one with the larger x when upright. */
export interface EyePair {
  left: ImagePoint;
  right: ImagePoint;
}

/** What a face is laid upon another by. `exchanged` eyes came under each other's names; `box` eyes are only a guess from the box. */
export type EyeSource = 'landmarks' | 'exchanged' | 'box';

/** Closer than this, in pixels, two eyes give neither a direction nor a scale. */
const EYES_APART_PX = 2;

// Where the eyes are in a box of a detector that frames forehead to chin; measured on faces whose eyes are known.
const EYE_DISTANCE_IN_BOX = 0.45;
const EYE_LINE_IN_BOX = 0.42;

/**
 * The eyes to align a face by, or null when it has neither eyes nor a box. Eyes under each other's names would turn a face upside
 * down: nose and mouth, which lie below the eyes, tell, and the names are put right.
 */
export function eyesOf({ landmarks, box }: Pick<Face, 'landmarks' | 'box'>): { eyes: EyePair; source: EyeSource } | null {
  const { left_eye: left, right_eye: right } = landmarks;
  if (left && right && distance(left, right) >= EYES_APART_PX) {
    const below = landmarks.nose ?? middleOf(landmarks.mouth_left, landmarks.mouth_right);
    if (below && inEyeUnits({ left, right }, below).y < 0) return { eyes: { left: right, right: left }, source: 'exchanged' };
    return { eyes: { left, right }, source: 'landmarks' };
  }
  return box ? { eyes: eyesInBox(box), source: 'box' } : null;
}

/** The similarity that brings the eyes of a picture exactly onto two points. */
export function alignEyes(eyes: EyePair, onto: EyePair): Similarity {
  const [dx, dy] = [eyes.left.x - eyes.right.x, eyes.left.y - eyes.right.y];
  const [tx, ty] = [onto.left.x - onto.right.x, onto.left.y - onto.right.y];
  const square = dx * dx + dy * dy;
  const a = (tx * dx + ty * dy) / square;
  const b = (ty * dx - tx * dy) / square;
  return { a, b, e: onto.right.x - a * eyes.right.x + b * eyes.right.y, f: onto.right.y - b * eyes.right.x - a * eyes.right.y };
}

/** Where a similarity brings a point. */
export function mapPoint({ a, b, e, f }: Similarity, { x, y }: ImagePoint): ImagePoint {
  return { x: a * x - b * y + e, y: b * x + a * y + f };
}

/** How many times longer everything becomes. */
export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

/** A point seen from the face: origin between the eyes, x towards the subject's left, y down the face, unit the distance of the eyes. */
export function inEyeUnits(eyes: EyePair, point: ImagePoint): ImagePoint {
  return mapPoint(alignEyes(eyes, { left: { x: 0.5, y: 0 }, right: { x: -0.5, y: 0 } }), point);
}

function eyesInBox({ x1, y1, x2, y2 }: Box): EyePair {
  const middle = (x1 + x2) / 2;
  const half = ((x2 - x1) * EYE_DISTANCE_IN_BOX) / 2;
  const y = y1 + (y2 - y1) * EYE_LINE_IN_BOX;
  return { left: { x: middle + half, y }, right: { x: middle - half, y } };
}

function middleOf(one: ImagePoint | undefined, other: ImagePoint | undefined): ImagePoint | null {
  return one && other ? { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 } : null;
}
