import { performance } from 'node:perf_hooks';
import { type Decoded, decode } from '../image/decode';
import { UnreadableMedia } from '../image/unreadable-media';
import { scoreLiveness } from '../liveness/score-liveness';
import { completeEmbedding } from '../match/embed-face';
import { similarity } from '../match/similarity';
import type { Models } from '../models/sessions';
import { asShown } from './as-shown';
import { type FoundFaces, findFaces } from './find-faces';
import type { Measured } from './measured';

/** Measured, with the milliseconds spent looking in all and inside the models; or which file cannot be looked at, and why. */
export type Measurement =
  | { ok: true; measured: Measured; lookMs: number; modelMs: number }
  | { ok: false; field: 'idFile' | 'selfieFile'; message: string };

type Opened = { ok: true; decoded: Decoded } | { ok: false; message: string };

/** The two files of a verification while they are being decoded, which no model is needed for. Never rejects for damaged media. */
export interface Pair {
  id: Promise<Opened>;
  selfie: Promise<Opened>;
}

/** Starts decoding both files. The files are only read. */
export function openPair(idFile: string, selfieFile: string): Pair {
  return { id: open(idFile), selfie: open(selfieFile) };
}

/** Looks at the two pictures of a verification and says what is there. One call at a time per set of models. */
export async function measure({ models, spentMs }: Models, pair: Pair): Promise<Measurement> {
  const [id, selfie] = await Promise.all([pair.id, pair.selfie]);
  if (!id.ok) return { ok: false, field: 'idFile', message: id.message };
  if (!selfie.ok) return { ok: false, field: 'selfieFile', message: selfie.message };
  const start = performance.now();
  const spentBefore = spentMs();
  const idFaces = await findFaces(models, id.decoded.pixels);
  const selfieFaces = await findFaces(models, selfie.decoded.pixels);
  const measured: Measured = {
    id: asShown(id.decoded, idFaces),
    selfie: asShown(selfie.decoded, selfieFaces),
    similarity: await compare(models, idFaces, selfieFaces),
    liveness: await live(models, selfieFaces),
  };
  return { ok: true, measured, lookMs: performance.now() - start, modelMs: spentMs() - spentBefore };
}

async function open(file: string): Promise<Opened> {
  try {
    return { ok: true, decoded: await decode(file) };
  } catch (error) {
    if (error instanceof UnreadableMedia) return { ok: false, message: error.message };
    throw error;
  }
}

async function compare(models: Models['models'], id: FoundFaces, selfie: FoundFaces): Promise<number | null> {
  const [portrait] = id.faces;
  const [applicant] = selfie.faces;
  if (portrait === undefined || applicant === undefined) return null;
  return similarity(
    await completeEmbedding(models.feature, id.upright, portrait.landmarks, portrait.embedding),
    await completeEmbedding(models.feature, selfie.upright, applicant.landmarks, applicant.embedding),
  );
}

async function live(models: Models['models'], selfie: FoundFaces): Promise<number | null> {
  const [applicant] = selfie.faces;
  return applicant === undefined ? null : scoreLiveness(models.liveness, selfie.upright, applicant.box);
}
