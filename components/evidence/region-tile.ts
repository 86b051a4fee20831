import type { Box, Size } from '@/lib/domain/geometry';
import type { CutPicture } from './decode-picture';
import type { PixelRect } from './decode-protocol';

/** A part of the picture in its own pixels, ready to be drawn over the coarser whole. */
export interface Tile {
  bitmap: ImageBitmap;
  box: PixelRect;
  /** Pixels of the bitmap to a pixel of the picture, at most 1. */
  scale: number;
}

/** Canvas sizes cut around what is in sight, so that a small pan needs no new one. */
const MARGIN = 0.25;

/** Keeps the part of a large picture that is in sight in its own pixels. One part at a time is cut; the newest wish wins. */
export class RegionTile {
  tile: Tile | null = null;
  readonly #cut: CutPicture;
  readonly #picture: Size;
  readonly #onTile: () => void;
  #wanted: { box: Box; scale: number } | null = null;
  #busy = false;
  #closed = false;

  /** `onTile` is called whenever there is a new part to draw. */
  constructor(cut: CutPicture, picture: Size, onTile: () => void) {
    this.#cut = cut;
    this.#picture = picture;
    this.#onTile = onTile;
  }

  /** Asks for what is in sight: `box` in picture pixels, `scale` screen pixels to a picture pixel. */
  want(box: Box, scale: number): void {
    if (this.#serves(box, scale)) return;
    this.#wanted = { box, scale };
    if (!this.#busy) void this.#fetch();
  }

  close(): void {
    this.#closed = true;
    this.#wanted = null;
    this.tile?.bitmap.close();
    this.tile = null;
  }

  #serves({ x1, y1, x2, y2 }: Box, scale: number): boolean {
    const { tile } = this;
    if (!tile) return false;
    const { x, y, width, height } = tile.box;
    const holds =
      x <= Math.max(0, x1) &&
      y <= Math.max(0, y1) &&
      x + width >= Math.min(this.#picture.width, x2) &&
      y + height >= Math.min(this.#picture.height, y2);
    return holds && tile.scale >= Math.min(1, scale) * 0.75;
  }

  async #fetch(): Promise<void> {
    this.#busy = true;
    for (let wanted = this.#wanted; wanted; wanted = this.#wanted) {
      this.#wanted = null;
      const box = around(wanted.box, this.#picture);
      const scale = Math.min(1, wanted.scale);
      // What cannot be cut is still there, only coarser.
      const bitmap = box && (await this.#cut(box, scale).catch(() => null));
      if (!box || !bitmap) continue;
      if (this.#closed) return bitmap.close();
      this.tile?.bitmap.close();
      this.tile = { bitmap, box, scale };
      this.#onTile();
    }
    this.#busy = false;
  }
}

function around({ x1, y1, x2, y2 }: Box, picture: Size): PixelRect | null {
  const [more, below] = [(x2 - x1) * MARGIN, (y2 - y1) * MARGIN];
  const x = Math.max(0, Math.floor(x1 - more));
  const y = Math.max(0, Math.floor(y1 - below));
  const width = Math.min(picture.width, Math.ceil(x2 + more)) - x;
  const height = Math.min(picture.height, Math.ceil(y2 + below)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
