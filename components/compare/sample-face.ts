import { alignEyes, type EyePair } from '@/lib/picture/align-eyes';
import { SAMPLE_EYES, SAMPLE_SIDE } from '@/lib/picture/face-measures';
import { drawFace, type PicturePixels } from './draw-face';

/** Brings a face upright onto a small square; its pixels row by row. Null when this browser has no canvas to do it on. */
export function sampleFace(pixels: PicturePixels, eyes: EyePair): Uint8ClampedArray | null {
  const context = new OffscreenCanvas(SAMPLE_SIDE, SAMPLE_SIDE).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  const square = { x: 0, y: 0, width: SAMPLE_SIDE, height: SAMPLE_SIDE };
  drawFace(context, pixels, alignEyes(eyes, SAMPLE_EYES), square, 1);
  return context.getImageData(0, 0, SAMPLE_SIDE, SAMPLE_SIDE).data;
}
