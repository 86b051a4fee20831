/** A point in pixels of the picture as shown (EXIF applied). */
export interface ImagePoint {
  x: number;
  y: number;
}

/** A point in CSS pixels of the canvas on the screen. */
export interface StagePoint {
  stageX: number;
  stageY: number;
}

/** A rectangle in pixels of the picture; `x1 < x2` and `y1 < y2` always hold. */
export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Why a rectangle could not be used as it came. `reversed` was put in order and is drawable; the others are not. */
export type BoxProblem = 'missing' | 'not-numbers' | 'empty' | 'reversed';

export interface BoxReading {
  box: Box | null;
  problem: BoxProblem | null;
}

const coordinate = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** Reads a point `{ x, y }` of finite numbers; anything else is null. */
export function readPoint(value: unknown): ImagePoint | null {
  if (typeof value !== 'object' || value === null) return null;
  const x = coordinate('x' in value ? value.x : undefined);
  const y = coordinate('y' in value ? value.y : undefined);
  return x === null || y === null ? null : { x, y };
}

/** Reads `{ x1, x2, y1, y2 }`. Corners in the wrong order are put right and reported; a box without area is not drawable. */
export function readBox(value: unknown): BoxReading {
  if (typeof value !== 'object' || value === null) return { box: null, problem: 'missing' };
  const side = (key: string) => coordinate(Reflect.get(value, key));
  const [x1, x2, y1, y2] = [side('x1'), side('x2'), side('y1'), side('y2')];
  if (x1 === null || x2 === null || y1 === null || y2 === null) return { box: null, problem: 'not-numbers' };
  if (x1 === x2 || y1 === y2) return { box: null, problem: 'empty' };
  const box = { x1: Math.min(x1, x2), x2: Math.max(x1, x2), y1: Math.min(y1, y2), y2: Math.max(y1, y2) };
  return { box, problem: x1 > x2 || y1 > y2 ? 'reversed' : null };
}

/** Width and height of a box in pixels. */
export function boxSize(box: Box): Size {
  return { width: box.x2 - box.x1, height: box.y2 - box.y1 };
}

/** Where a box lies in a picture: wholly inside, cut by its edge, or wholly outside. One pixel of rounding is forgiven. */
export function boxPlacement(box: Box, picture: Size): 'inside' | 'clipped' | 'outside' {
  if (box.x2 <= 0 || box.y2 <= 0 || box.x1 >= picture.width || box.y1 >= picture.height) return 'outside';
  const inside = box.x1 >= -1 && box.y1 >= -1 && box.x2 <= picture.width + 1 && box.y2 <= picture.height + 1;
  return inside ? 'inside' : 'clipped';
}

/** The part of a box on the picture; of a box wholly outside one without area. */
export function clampBox({ x1, x2, y1, y2 }: Box, { width, height }: Size): Box {
  const within = (value: number, end: number) => Math.min(Math.max(value, 0), end);
  return { x1: within(x1, width), x2: within(x2, width), y1: within(y1, height), y2: within(y2, height) };
}

/** Whether a point lies on the picture. One pixel of rounding is forgiven. */
export function isWithin({ x, y }: ImagePoint, { width, height }: Size): boolean {
  return x >= -1 && y >= -1 && x <= width + 1 && y <= height + 1;
}

/** Distance between two points in pixels. */
export function distance(a: ImagePoint, b: ImagePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * Roll of a face in degrees, clockwise positive as seen on the screen, -180..180. 0 is upright.
 * `leftEye` is the subject's left eye: the one with the larger x when upright.
 */
export function rollDegrees(leftEye: ImagePoint, rightEye: ImagePoint): number {
  return (Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x) * 180) / Math.PI;
}
