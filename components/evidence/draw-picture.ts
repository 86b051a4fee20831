import type { Size } from '@/lib/domain/geometry';
import { isWholePixels, onPixelGrid } from '@/lib/picture/device-pixels';
import { type View, viewMatrix } from '@/lib/picture/view';
import type { Tile } from './region-tile';

/** Beyond this many screen pixels to a picture pixel the pixels themselves are what one wants to see. */
const PIXELS_FROM = 4;

/** Draws a picture through a view: the whole of it, and over it the part that is there in its own pixels. `ratio` is screen pixels to a CSS pixel. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  { bitmap, picture, tile, view, ratio }: { bitmap: ImageBitmap; picture: Size; tile: Tile | null; view: View; ratio: number },
): void {
  context.save();
  context.transform(...viewMatrix(picture, onGrid(view, ratio)));
  context.imageSmoothingEnabled = view.scale * ratio < PIXELS_FROM;
  context.drawImage(bitmap, 0, 0, picture.width, picture.height);
  if (tile) context.drawImage(tile.bitmap, tile.box.x, tile.box.y, tile.box.width, tile.box.height);
  context.restore();
}

// A picture pixel that takes whole pixels of the screen begins where one begins: between two, all would be blurred.
function onGrid(view: View, ratio: number): View {
  if (!isWholePixels(view.scale, ratio)) return view;
  return { ...view, offsetX: onPixelGrid(view.offsetX, ratio), offsetY: onPixelGrid(view.offsetY, ratio) };
}
