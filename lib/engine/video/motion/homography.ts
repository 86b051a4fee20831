import type { Affine } from '../../image/warp';

/** A map of the plane as a camera makes one of a flat thing: (a x + b y + c, d x + e y + f) / (g x + h y + 1), row by row. */
export type Homography = readonly [a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number];

export const IDENTITY: Homography = [1, 0, 0, 0, 1, 0, 0, 0];

export function fromAffine(map: Affine): Homography {
  return [...map, 0, 0];
}

/** Where a point goes. */
export function apply([a, b, c, d, e, f, g, h]: Homography, x: number, y: number): { x: number; y: number } {
  const z = g * x + h * y + 1;
  return { x: (a * x + b * y + c) / z, y: (d * x + e * y + f) / z };
}

/** First `inner`, then `outer`. */
export function compose(outer: Homography, inner: Homography): Homography {
  const [a, b, c, d, e, f, g, h] = outer;
  const [p, q, r, s, t, u, v, w] = inner;
  const k = 1 / (g * r + h * u + 1);
  return [
    (a * p + b * s + c * v) * k,
    (a * q + b * t + c * w) * k,
    (a * r + b * u + c) * k,
    (d * p + e * s + f * v) * k,
    (d * q + e * t + f * w) * k,
    (d * r + e * u + f) * k,
    (g * p + h * s + v) * k,
    (g * q + h * t + w) * k,
  ];
}
