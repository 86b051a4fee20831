import { performance } from 'node:perf_hooks';
import { type Decoded, decode } from '../image/decode';
import { UnreadableMedia } from '../image/unreadable-media';
import { scoreLiveness } from '../liveness/score-liveness';
import { completeEmbedding } from '../match/embed-face';
import { similarity } from '../match/similarity';
import type { Models } from '../models/sessions';
import { measureClip } from '../video/measure-clip';
import { type Clip, type Frame, takeFrames } from '../video/take-frames';
import { asShown } from './as-shown';
import { type FoundFaces, findFaces } from './find-faces';
import type { Measured } from './measured';

/** Measured, with the milliseconds spent looking in all and inside the models; or which file cannot be looked at, and why. */
export type Measurement =
  | { ok: true; measured: Measured; lookMs: number; modelMs: number }
  | { ok: false; field: 'idFile' | 'selfieFile'; message: string };

type Opened<T> = { ok: true; media: T } | { ok: false; message: string };

/** The two files of a verification while they are being decoded, which no model is needed for. Never rejects for damaged media. */
export interface Pair {
  id: Promise<Opened<Decoded>>;
  selfie: Promise<Opened<Decoded | Frame[]>>;
}

/** Starts decoding both files. The files are only read. `clip` says how the selfie is read when it is a video. */
export function openPair(idFile: string, selfieFile: string, clip: Clip | null = null): Pair {
  return { id: open(decode(idFile)), selfie: open<Decoded | Frame[]>(clip === null ? decode(selfieFile) : takeFrames(selfieFile, clip)) };
}

/** Looks at the ID's picture and the selfie's picture or frames and says what is there. One call at a time per set of models. */
export async function measure({ models, spentMs }: Models, pair: Pair): Promise<Measurement> {
  const [id, selfie] = await Promise.all([pair.id, pair.selfie]);
  if (!id.ok) return { ok: false, field: 'idFile', message: id.message };
  if (!selfie.ok) return { ok: false, field: 'selfieFile', message: selfie.message };
  const start = performance.now();
  const spentBefore = spentMs();
  const idFaces = await findFaces(models, id.media.pixels);
  const portrait = await embedLargest(models, idFaces);
  const found = Array.isArray(selfie.media)
    ? await measureClip(models, selfie.media, portrait)
    : await measurePicture(models, selfie.media, portrait);
  const measured: Measured = { id: asShown(id.media, idFaces), ...found };
  return { ok: true, measured, lookMs: performance.now() - start, modelMs: spentMs() - spentBefore };
}

async function open<T>(opening: Promise<T>): Promise<Opened<T>> {
  try {
    return { ok: true, media: await opening };
  } catch (error) {
    if (error instanceof UnreadableMedia) return { ok: false, message: error.message };
    throw error;
  }
}

async function measurePicture(models: Models['models'], decoded: Decoded, portrait: Float32Array | null): Promise<Omit<Measured, 'id'>> {
  const found = await findFaces(models, decoded.pixels);
  const [applicant] = found.faces;
  const embedding = portrait === null ? null : await embedLargest(models, found);
  return {
    selfie: asShown(decoded, found),
    similarity: portrait === null || embedding === null ? null : similarity(portrait, embedding),
    liveness: applicant === undefined ? null : await scoreLiveness(models.liveness, found.upright, applicant.box),
  };
}

async function embedLargest(models: Models['models'], { upright, faces: [face] }: FoundFaces): Promise<Float32Array | null> {
  return face === undefined ? null : completeEmbedding(models.feature, upright, face.landmarks, face.embedding);
}
