/** Pixels in memory: 8-bit RGB, interleaved, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A picture and its halvings, made when first asked for: sampling a small copy is what makes shrinking fast and free of aliasing. */
export class Pyramid {
  private readonly levels: Picture[];

  constructor(base: Picture) {
    this.levels = [base];
  }

  get width(): number {
    return this.base.width;
  }

  get height(): number {
    return this.base.height;
  }

  get base(): Picture {
    return this.level(0);
  }

  /** The picture halved `n` times, or the smallest copy there is. */
  level(n: number): Picture {
    let at = Math.min(n, this.levels.length - 1);
    let picture = this.levels[at];
    if (picture === undefined) throw new RangeError(`No level ${n}.`);
    while (at < n && picture.width >= 32 && picture.height >= 32) {
      picture = halve(picture);
      this.levels.push(picture);
      at += 1;
    }
    return picture;
  }

  /** How many times `level(n)` is really halved. */
  depth(n: number): number {
    this.level(n);
    return Math.min(n, this.levels.length - 1);
  }
}

/** Every pixel the mean of four. An odd last row or column is left out. */
function halve({ width, height, data }: Picture): Picture {
  const w = width >> 1;
  const h = height >> 1;
  const out = new Uint8Array(w * h * 3);
  const stride = width * 3;
  let to = 0;
  for (let y = 0; y < h; y += 1) {
    let at = y * 2 * stride;
    for (let x = 0; x < w; x += 1) {
      const below = at + stride;
      for (let c = 0; c < 3; c += 1) {
        out[to + c] = ((data[at + c] ?? 0) + (data[at + c + 3] ?? 0) + (data[below + c] ?? 0) + (data[below + c + 3] ?? 0) + 2) >> 2;
      }
      to += 3;
      at += 6;
    }
  }
  return { width: w, height: h, data: out };
}

/** The picture turned a quarter clockwise, `turns` times. */
export function turn(picture: Picture, turns: 1 | 2 | 3): Picture {
  const { width: w, height: h, data } = picture;
  const swapped = turns !== 2;
  const out: Picture = { width: swapped ? h : w, height: swapped ? w : h, data: new Uint8Array(data.length) };
  let at = 0;
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const tx = turns === 1 ? h - 1 - y : turns === 2 ? w - 1 - x : y;
      const ty = turns === 1 ? x : turns === 2 ? h - 1 - y : w - 1 - x;
      const to = (ty * out.width + tx) * 3;
      out.data[to] = data[at] ?? 0;
      out.data[to + 1] = data[at + 1] ?? 0;
      out.data[to + 2] = data[at + 2] ?? 0;
      at += 3;
    }
  }
  return out;
}
