import type { Pyramid } from './picture';

/** Maps a target pixel (x, y) to a source pixel: (a x + b y + c, d x + e y + f). Whole numbers are pixel centres. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A model's input: planes of `(value - subtract) / divide`, values 0..255. `outside` is the value beyond the picture's edge. */
export interface Planes {
  width: number;
  height: number;
  order: 'rgb' | 'bgr' | 'grey';
  subtract: number;
  divide: number;
  outside: number;
}

/** The map that fills a whole target of `width` x `height` with the rectangle x1..x2, y1..y2 of the source. */
export function rectangle(x1: number, y1: number, x2: number, y2: number, width: number, height: number): Affine {
  const sx = (x2 - x1) / width;
  const sy = (y2 - y1) / height;
  return [sx, 0, x1 + sx / 2 - 0.5, 0, sy, y1 + sy / 2 - 0.5];
}

/**
 * Samples a picture through an affine map straight into a model's input, bilinearly, from the smallest copy
 * that is still no smaller than the target (a softer one costs recognition more than the aliasing does). One tight loop over typed arrays, nothing allocated: `into` holds planes * width * height floats.
 */
export function warp(source: Pyramid, map: Affine, planes: Planes, into: Float32Array): void {
  const [a, b, c, d, e, f] = map;
  const shrink = Math.sqrt(Math.abs(a * e - b * d));
  const wanted = Math.max(0, Math.floor(Math.log2(shrink)));
  const depth = source.depth(wanted);
  const { width: w, height: h, data } = source.level(wanted);
  const k = 1 / 2 ** depth;
  const shift = 0.5 * k - 0.5;
  const { width, height, order, subtract, outside } = planes;
  const scale = 1 / planes.divide;
  const area = width * height;
  const red = order === 'bgr' ? 2 * area : 0;
  const blue = order === 'bgr' ? 0 : 2 * area;
  const beyond = (outside - subtract) * scale;
  const maxX = w - 1;
  const maxY = h - 1;
  const stride = w * 3;
  const stepX = a * k;
  const stepY = d * k;
  for (let y = 0, at = 0; y < height; y += 1) {
    let sx = (b * y + c) * k + shift;
    let sy = (e * y + f) * k + shift;
    for (let x = 0; x < width; x += 1, at += 1, sx += stepX, sy += stepY) {
      if (sx < -1 || sy < -1 || sx > w || sy > h) {
        into[at] = beyond;
        if (order !== 'grey') {
          into[at + area] = beyond;
          into[at + 2 * area] = beyond;
        }
        continue;
      }
      const left = Math.floor(sx);
      const top = Math.floor(sy);
      const fx = sx - left;
      const fy = sy - top;
      const x0 = left < 0 ? 0 : left > maxX ? maxX : left;
      const x1 = left + 1 > maxX ? maxX : left + 1;
      const y0 = (top < 0 ? 0 : top > maxY ? maxY : top) * stride;
      const y1 = (top + 1 > maxY ? maxY : top + 1) * stride;
      const p = y0 + x0 * 3;
      const q = y0 + x1 * 3;
      const r = y1 + x0 * 3;
      const s = y1 + x1 * 3;
      const wq = fx * (1 - fy);
      const wr = (1 - fx) * fy;
      const ws = fx * fy;
      const wp = 1 - wq - wr - ws;
      // biome-ignore-start lint/style/noNonNullAssertion: indices are clamped above, and a fallback per tap would halve the speed
      const vr = data[p]! * wp + data[q]! * wq + data[r]! * wr + data[s]! * ws;
      const vg = data[p + 1]! * wp + data[q + 1]! * wq + data[r + 1]! * wr + data[s + 1]! * ws;
      const vb = data[p + 2]! * wp + data[q + 2]! * wq + data[r + 2]! * wr + data[s + 2]! * ws;
      // biome-ignore-end lint/style/noNonNullAssertion: see above
      if (order === 'grey') {
        into[at] = (0.299 * vr + 0.587 * vg + 0.114 * vb - subtract) * scale;
      } else {
        into[at + red] = (vr - subtract) * scale;
        into[at + area] = (vg - subtract) * scale;
        into[at + blue] = (vb - subtract) * scale;
      }
    }
  }
}
