import { type Backdrop, drawBackdrop } from './draw-backdrop';
import { addGrain } from './grain';

/** A picture of a place with nobody in it, as when the camera faced the wrong way. Answers a JPEG. */
export async function drawEmptyScene(kind: Backdrop, seed: number, width: number, height: number): Promise<Buffer> {
  const grained = await addGrain(await drawBackdrop(kind, seed, width, height), 8, seed);
  return grained.jpeg({ quality: 93 }).toBuffer();
}
