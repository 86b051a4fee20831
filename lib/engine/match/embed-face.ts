import type { Pyramid } from '../image/picture';
import { type Planes, warp } from '../image/warp';
import type { Landmarks } from '../landmarks/find-landmarks';
import type { Model } from '../models/sessions';
import { align } from './align';

const SIDE = 112;
const INPUT: Planes = { width: SIDE, height: SIDE, order: 'rgb', subtract: 127, divide: 128, outside: 0 };

/** What the recognition model says of one aligned face: a raw vector, and how long it is (short ones are not faces). */
export interface RawEmbedding {
  vector: Float32Array;
  norm: number;
}

/** Runs the recognition model on a face once. */
export async function embedFace(model: Model, picture: Pyramid, landmarks: Landmarks): Promise<RawEmbedding> {
  warp(picture, align(landmarks), INPUT, model.input);
  return runOnce(model);
}

/**
 * The embedding that faces are compared by: the mean of the face's and its mirror image's, unit length.
 * Runs the model once more, on the mirror image of the face `plain` was made from.
 */
export async function completeEmbedding(model: Model, picture: Pyramid, landmarks: Landmarks, plain: RawEmbedding): Promise<Float32Array> {
  warp(picture, align(landmarks), INPUT, model.input);
  mirror(model.input);
  const mirrored = await runOnce(model);
  const sum = new Float32Array(plain.vector.length);
  for (let i = 0; i < sum.length; i += 1) {
    sum[i] = (plain.vector[i] ?? 0) / (plain.norm || 1) + (mirrored.vector[i] ?? 0) / (mirrored.norm || 1);
  }
  const length = lengthOf(sum) || 1;
  return sum.map((value) => value / length);
}

async function runOnce(model: Model): Promise<RawEmbedding> {
  const { output } = await model.run();
  if (output === undefined) throw new Error('The recognition model has no output named output.');
  return { vector: output, norm: lengthOf(output) };
}

function mirror(planes: Float32Array): void {
  for (let row = 0; row < planes.length; row += SIDE) planes.subarray(row, row + SIDE).reverse();
}

function lengthOf(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
