import type { Size } from '@/lib/domain/geometry';
import { type View, viewMatrix } from '@/lib/domain/view';
import type { Tile } from './region-tile';

/** Beyond this many screen pixels to a picture pixel the pixels themselves are what one wants to see. */
const PIXELS_FROM = 4;

/** Draws a picture through a view: the whole of it, and over it the part that is there in its own pixels. `ratio` is screen pixels to a CSS pixel. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  { bitmap, picture, tile, view, ratio }: { bitmap: ImageBitmap; picture: Size; tile: Tile | null; view: View; ratio: number },
): void {
  context.save();
  context.transform(...viewMatrix(picture, view));
  context.imageSmoothingEnabled = view.scale * ratio < PIXELS_FROM;
  context.drawImage(bitmap, 0, 0, picture.width, picture.height);
  if (tile) context.drawImage(tile.bitmap, tile.box.x, tile.box.y, tile.box.width, tile.box.height);
  context.restore();
}
