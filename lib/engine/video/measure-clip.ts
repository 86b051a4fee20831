import { scoreLiveness } from '../liveness/score-liveness';
import { completeEmbedding } from '../match/embed-face';
import { similarity } from '../match/similarity';
import { asShown } from '../measure/as-shown';
import { type FoundFace, type FoundFaces, findFaces } from '../measure/find-faces';
import type { ClipFacts, MeasuredPicture } from '../measure/measured';
import type { Models } from '../models/sessions';
import { measureMotion } from './motion/measure-motion';
import type { Frame } from './take-frames';

/** What a video says of a selfie: the picture of its best frame, and the figures of all of them. */
export interface MeasuredVideo {
  selfie: MeasuredPicture;
  similarity: number | null;
  liveness: number | null;
  clip: ClipFacts;
}

interface Look {
  frame: Frame;
  found: FoundFaces;
}

/** A frame that shows one face and nobody else. */
interface AloneLook extends Look {
  face: FoundFace;
  /** How clear and frontal the face is; only for comparing frames. */
  quality: number;
  embedding: Float32Array;
  liveness: number;
}

/**
 * Looks at the frames of a selfie video. `portrait` is the embedding of the face on the ID, or null when there is none.
 * Similarity is the median (of two middle ones the lower, so that one frame really has it) and liveness the least of the frames that show exactly one face; the face that is
 * reported is that of the clearest, most frontal of them.
 */
export async function measureClip(
  models: Models['models'],
  frames: readonly Frame[],
  portrait: Float32Array | null,
): Promise<MeasuredVideo> {
  const looks: Look[] = [];
  const alone: AloneLook[] = [];
  for (const frame of frames) {
    const look = { frame, found: await findFaces(models, frame.pixels) };
    const [face, another] = look.found.faces;
    looks.push(look);
    if (face !== undefined && another === undefined) alone.push(await lookCloser(models, look, face));
  }
  const best = alone.reduce<AloneLook | null>((a, b) => (a === null || b.quality > a.quality ? b : a), null);
  const shown = best ?? looks.find((look) => look.found.faces.length > 0) ?? looks[0];
  if (shown === undefined) throw new RangeError('A video without frames cannot be measured.');
  const facts = { frames: looks.length, alone: alone.length, frameTimeMs: shown.frame.timeMs };
  const selfie = asShown(shown.frame, shown.found);
  if (best === null) {
    const clip = { ...facts, matchTimeMs: null, livenessTimeMs: null, likeness: null, motion: null };
    return { selfie, similarity: null, liveness: null, clip };
  }
  const matches = portrait === null ? [] : rank(alone, (look) => similarity(portrait, look.embedding));
  const match = matches[Math.floor((matches.length - 1) / 2)];
  const live = rank(alone, (look) => look.liveness)[0];
  const others = alone.filter((look) => look !== best);
  const clip: ClipFacts = {
    ...facts,
    matchTimeMs: match?.timeMs ?? null,
    livenessTimeMs: live?.timeMs ?? null,
    likeness: Math.min(1, ...others.map((look) => similarity(best.embedding, look.embedding))),
    motion: measureMotion(pictured(best), others.map(pictured)),
  };
  return { selfie, similarity: match?.value ?? null, liveness: live?.value ?? null, clip };
}

async function lookCloser(models: Models['models'], look: Look, face: FoundFace): Promise<AloneLook> {
  const { upright } = look.found;
  return {
    ...look,
    face,
    quality: face.embedding.norm * face.confidence * frontality(face),
    embedding: await completeEmbedding(models.feature, upright, face.landmarks, face.embedding),
    liveness: await scoreLiveness(models.liveness, upright, face.box),
  };
}

/** 1 when the nose is midway between the eyes, 0 when it is beside one of them. */
function frontality({ landmarks: { nose, leftEye, rightEye } }: FoundFace): number {
  const right = Math.hypot(nose.x - rightEye.x, nose.y - rightEye.y);
  const left = Math.hypot(nose.x - leftEye.x, nose.y - leftEye.y);
  return Math.min(left, right) / Math.max(left, right, 1e-6);
}

function pictured({ frame, found, face }: AloneLook) {
  return { picture: found.upright, landmarks: face.landmarks, timeMs: frame.timeMs };
}

/** The frames and their values, the lowest value first. */
function rank(looks: readonly AloneLook[], measure: (look: AloneLook) => number): { value: number; timeMs: number }[] {
  return looks.map((look) => ({ value: measure(look), timeMs: look.frame.timeMs })).sort((a, b) => a.value - b.value);
}
