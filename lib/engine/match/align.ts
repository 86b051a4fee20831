import type { Affine } from '../image/warp';
import type { Landmarks, Point } from '../landmarks/find-landmarks';

/** Where the five points lie in the 112 x 112 picture the recognition model was trained on. */
const REFERENCE: Record<keyof Landmarks, Point> = {
  rightEye: { x: 38.2946, y: 51.6963 },
  leftEye: { x: 73.5318, y: 51.5014 },
  nose: { x: 56.0252, y: 71.7366 },
  mouthRight: { x: 41.5493, y: 92.3655 },
  mouthLeft: { x: 70.7299, y: 92.2041 },
};

/** The shift, turn and scale (no shear) that brings the reference points nearest to a face's, in the sense of least squares. */
export function align(landmarks: Landmarks): Affine {
  const pairs = (Object.keys(REFERENCE) as (keyof Landmarks)[]).map((name) => ({ from: REFERENCE[name], to: landmarks[name] }));
  const from = centre(pairs.map((pair) => pair.from));
  const to = centre(pairs.map((pair) => pair.to));
  let spread = 0;
  let along = 0;
  let across = 0;
  for (const pair of pairs) {
    const x = pair.from.x - from.x;
    const y = pair.from.y - from.y;
    const u = pair.to.x - to.x;
    const v = pair.to.y - to.y;
    spread += x * x + y * y;
    along += x * u + y * v;
    across += x * v - y * u;
  }
  const a = along / spread;
  const b = across / spread;
  return [a, -b, to.x - a * from.x + b * from.y, b, a, to.y - b * from.x - a * from.y];
}

function centre(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}
