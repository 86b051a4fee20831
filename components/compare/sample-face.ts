import { alignEyes, type EyePair } from '@/lib/domain/align-eyes';
import { type FaceSample, SAMPLE_EYES, SAMPLE_SIDE } from '@/lib/domain/face-measures';
import { drawFace, type PicturePixels } from './draw-face';

/** Brings a face upright onto a small square and reads its brightness. Null when this browser has no canvas to do it on. */
export function sampleFace(pixels: PicturePixels, eyes: EyePair): FaceSample | null {
  const context = new OffscreenCanvas(SAMPLE_SIDE, SAMPLE_SIDE).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  const square = { x: 0, y: 0, width: SAMPLE_SIDE, height: SAMPLE_SIDE };
  drawFace(context, pixels, alignEyes(eyes, SAMPLE_EYES), square, 1);
  const { data } = context.getImageData(0, 0, SAMPLE_SIDE, SAMPLE_SIDE);
  const grey = new Float32Array(SAMPLE_SIDE * SAMPLE_SIDE);
  for (let at = 0; at < grey.length; at++) {
    const red = at * 4;
    const luma = 0.299 * (data[red] ?? 0) + 0.587 * (data[red + 1] ?? 0) + 0.114 * (data[red + 2] ?? 0);
    grey[at] = data[red + 3] === 255 ? luma : -1;
  }
  return { grey };
}
