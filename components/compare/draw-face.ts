import type { Size } from '@/lib/domain/geometry';
import { type Similarity, scaleOf } from '@/lib/picture/align-eyes';
import type { Pane } from './compare-view';

/** The pixels of a picture as far as they are at hand. `size` is the picture's own; the bitmap of a very large one has fewer pixels. */
export interface PicturePixels {
  bitmap: ImageBitmap;
  size: Size;
  /** Full-resolution pixels of one part of it, where the bitmap has fewer. */
  detail?: { bitmap: ImageBitmap; x: number; y: number; width: number; height: number } | null;
}

export type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** So many pixels may be sampled for one drawing of one face: about 15 ms without a graphics card. */
const SAMPLES_MAX = 2_000_000;
const SAMPLES_PER_SIDE_MAX = 4;

let scratch: OffscreenCanvas | null = null;

/**
 * Draws a picture turned, scaled and shifted onto a part of a canvas; `ratio` is canvas pixels per CSS pixel, `pane` and
 * `similarity` count CSS pixels. Costs by the pixels drawn, never by those of the picture: a browser asked to shrink well
 * would first halve all 48 million of a large photo, again and again.
 */
export function drawFace(context: Canvas2D, pixels: PicturePixels, similarity: Similarity, pane: Pane, ratio: number): void {
  const density = pixels.detail ? 1 : pixels.bitmap.width / pixels.size.width;
  const scale = (scaleOf(similarity) * ratio) / density;
  const area = pane.width * pane.height * ratio * ratio;
  const times = Math.min(SAMPLES_PER_SIDE_MAX, Math.ceil(1 / scale), Math.floor(Math.sqrt(SAMPLES_MAX / area)));
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.beginPath();
  context.rect(pane.x, pane.y, pane.width, pane.height);
  context.clip();
  // Two layers drawn half transparent would show through each other: they too meet on a canvas of their own first.
  if (times > 1 || pixels.detail) drawFiner(context, pixels, similarity, pane, ratio, Math.max(1, times));
  else paint(context, pixels, similarity, ratio, 0, 0, scale < 1 ? 'low' : 'high');
  context.restore();
}

// A picture that is shrunk is drawn larger first and then halved, so that fine lines become grey instead of breaking up.
function drawFiner(context: Canvas2D, pixels: PicturePixels, similarity: Similarity, pane: Pane, ratio: number, times: number): void {
  const [width, height] = [Math.ceil(pane.width * ratio * times), Math.ceil(pane.height * ratio * times)];
  scratch ??= new OffscreenCanvas(width, height);
  // Setting a size clears the canvas, also when it is the same.
  [scratch.width, scratch.height] = [width, height];
  const finer = scratch.getContext('2d');
  if (!finer) return;
  paint(finer, pixels, similarity, ratio * times, pane.x, pane.y, 'low');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(scratch, pane.x, pane.y, width / (ratio * times), height / (ratio * times));
}

function paint(
  context: Canvas2D,
  { bitmap, size, detail }: PicturePixels,
  { a, b, e, f }: Similarity,
  ratio: number,
  left: number,
  top: number,
  quality: ImageSmoothingQuality,
): void {
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = quality;
  context.setTransform(a * ratio, b * ratio, -b * ratio, a * ratio, (e - left) * ratio, (f - top) * ratio);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  if (detail) context.drawImage(detail.bitmap, detail.x, detail.y, detail.width, detail.height);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
