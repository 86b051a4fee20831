import { type FaceQuality, greySample, measureSample } from '@/lib/picture/face-measures';
import { askWorker, nextNumber } from './ask-worker';

/** Measures a sample of a face off the page's own thread; null when too little of it lies within the picture. `rgba` is row by row. */
export async function measureFace(rgba: Uint8ClampedArray): Promise<FaceQuality | null> {
  const reply = await askWorker({ ask: 'measure', answer: nextNumber(), rgba }).catch(() => null);
  return reply && 'quality' in reply ? reply.quality : measureSample(greySample(rgba));
}
