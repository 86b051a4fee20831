import type { Pyramid } from '../../image/picture';
import type { Homography } from './homography';

/** A square cut-out: `side` x `side` brightness values, NaN where the picture ends. */
export type Patch = Float32Array;

/** Half the side of the square of face space that is compared: it holds brows, eyes, nose and mouth, and little hair. */
const REACH = 1;

/** The place in face space (-1..1) of the middle of column or row `index`. */
export function placeOf(index: number, side: number): number {
  return ((index + 0.5) / side) * 2 * REACH - REACH;
}

/** Samples the square -1..1 of face space through a map to the picture, bilinearly, from the copy nearest in size. */
export function sampleGrey(picture: Pyramid, map: Homography, side: number): Patch {
  const [a, b, c, d, e, f, g, h] = map;
  const step = (2 * REACH * Math.sqrt(Math.abs(a * e - b * d))) / side;
  const wanted = Math.max(0, Math.round(Math.log2(step)));
  const { width, height, data } = picture.level(wanted);
  const k = 1 / 2 ** picture.depth(wanted);
  const stride = width * 3;
  const patch = new Float32Array(side * side);
  const grey = (at: number): number => 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  for (let row = 0, at = 0; row < side; row += 1) {
    const y = placeOf(row, side);
    for (let column = 0; column < side; column += 1, at += 1) {
      const x = placeOf(column, side);
      const z = g * x + h * y + 1;
      const sx = ((a * x + b * y + c) / z + 0.5) * k - 0.5;
      const sy = ((d * x + e * y + f) / z + 0.5) * k - 0.5;
      if (!(z > 0 && sx >= 0 && sy >= 0 && sx < width - 1 && sy < height - 1)) {
        patch[at] = Number.NaN;
        continue;
      }
      const left = Math.floor(sx);
      const top = Math.floor(sy);
      const fx = sx - left;
      const fy = sy - top;
      const corner = top * stride + left * 3;
      const upper = grey(corner) * (1 - fx) + grey(corner + 3) * fx;
      const lower = grey(corner + stride) * (1 - fx) + grey(corner + stride + 3) * fx;
      patch[at] = upper * (1 - fy) + lower * fy;
    }
  }
  return patch;
}

/** Every value the mean of itself and its eight neighbours, NaN at the rim: a face further away is less sharp, which is no change of the face. */
export function soften(patch: Patch, side: number): Patch {
  const soft = new Float32Array(patch.length).fill(Number.NaN);
  for (let row = 1; row < side - 1; row += 1) {
    for (let column = 1; column < side - 1; column += 1) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) sum += patch[(row + dy) * side + column + dx] ?? Number.NaN;
      }
      soft[row * side + column] = sum / 9;
    }
  }
  return soft;
}
