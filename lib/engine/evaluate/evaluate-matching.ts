import path from 'node:path';
import { decode } from '../image/decode';
import { UnreadableMedia } from '../image/unreadable-media';
import { completeEmbedding } from '../match/embed-face';
import { findFaces } from '../measure/find-faces';
import type { Models } from '../models/sessions';
import { type Comparison, compareAll, type EnrolledFace, facesPerPerson, type NamedPair } from './compare-all';
import { passRateInterval } from './pass-rate-interval';
import { type PictureFolder, pictureFolders } from './picture-folders';
import { accuracyAt, type Interval, passRateAt, wilson } from './statistics';

/** Shares are 0..1; each interval is a 95 % one. Pairs are of pictures in which a face was found; the others lower `detectionRecall`. */
export interface MatchingFigures {
  people: number;
  pictures: number;
  detectionRecall: number;
  detectionRecallCI: Interval;
  tprAtFpr1pct: number;
  tprAtFpr1pctCI: Interval;
  tprAtFpr0_1pct: number;
  tprAtFpr0_1pctCI: Interval;
  threshold: number;
  accuracyAtThreshold: number;
  /** Share of the genuine and of the impostor pairs that `threshold` lets pass. */
  tprAtThreshold: number;
  fprAtThreshold: number;
  genuinePairs: number;
  impostorPairs: number;
}

export interface MatchingReport {
  figures: MatchingFigures;
  /** Pictures in which no face was found, and those that could not be read, which count nowhere. */
  missed: string[];
  unreadable: string[];
  /** Genuine pairs that score lowest, impostor pairs that score highest. */
  leastAlike: NamedPair[];
  mostAlike: NamedPair[];
}

/** What an evaluation needs: `random` gives numbers in [0, 1), `onProgress` hears how many pictures of how many are done. */
export interface EvaluationTools {
  models: Models;
  random(): number;
  onProgress(done: number, all: number): void;
}

/**
 * Measures detection and matching on `dir`, which holds one folder of pictures per person: the service's own steps, the
 * largest face of every picture, all pairs. Throws an Error with one sentence when the folder cannot be measured on.
 */
export async function evaluateMatching(dir: string, threshold: number, tools: EvaluationTools): Promise<MatchingReport> {
  const people = await pictureFolders(dir);
  if (people.length < 2) throw new Error(`${dir} holds pictures of one person only; telling people apart takes at least two.`);
  const { faces, missed, unreadable } = await enrol(dir, people, tools);
  const pictures = faces.length + missed.length;
  if (pictures === 0) throw new Error(`None of the pictures in ${dir} can be read.`);
  const comparison = compareAll(faces);
  const { genuine, impostor, leastAlike, mostAlike } = comparison;
  if (genuine.scores.length === 0 || impostor.scores.length === 0) {
    throw new Error(`${dir} gives no two faces of one person and of two people: at least two pictures of one person are needed.`);
  }
  const figures: MatchingFigures = {
    people: people.length,
    pictures,
    detectionRecall: faces.length / pictures,
    detectionRecallCI: wilson(faces.length, pictures),
    ...rates(comparison, facesPerPerson(faces), tools.random),
    threshold,
    accuracyAtThreshold: accuracyAt(threshold, genuine.scores, impostor.scores),
    tprAtThreshold: accuracyAt(threshold, genuine.scores, []),
    fprAtThreshold: 1 - accuracyAt(threshold, [], impostor.scores),
    genuinePairs: genuine.scores.length,
    impostorPairs: impostor.scores.length,
  };
  return { figures, missed, unreadable, leastAlike, mostAlike };
}

function rates({ genuine, impostor }: Comparison, faces: readonly number[], random: () => number) {
  const at = (rate: number) => passRateAt(rate, genuine.scores, impostor.scores);
  const interval = (rate: number) => passRateInterval(rate, { genuine, impostor, faces }, random);
  return {
    tprAtFpr1pct: at(0.01),
    tprAtFpr1pctCI: interval(0.01),
    tprAtFpr0_1pct: at(0.001),
    tprAtFpr0_1pctCI: interval(0.001),
  };
}

interface Enrolment {
  faces: EnrolledFace[];
  missed: string[];
  unreadable: string[];
}

async function enrol(dir: string, people: readonly PictureFolder[], { models, onProgress }: EvaluationTools): Promise<Enrolment> {
  const found: Enrolment = { faces: [], missed: [], unreadable: [] };
  const all = people.reduce((sum, { pictures }) => sum + pictures.length, 0);
  let done = 0;
  for (const [person, { pictures }] of people.entries()) {
    for (const file of pictures) {
      const picture = path.relative(dir, file);
      const embedding = await embeddingOf(models, file);
      if (embedding === 'unreadable') found.unreadable.push(picture);
      else if (embedding === null) found.missed.push(picture);
      else found.faces.push({ person, picture, embedding });
      done += 1;
      onProgress(done, all);
    }
  }
  return found;
}

async function embeddingOf({ models }: Models, file: string): Promise<Float32Array | null | 'unreadable'> {
  try {
    const { pixels } = await decode(file);
    const { upright, faces } = await findFaces(models, pixels);
    const [largest] = faces;
    return largest ? await completeEmbedding(models.feature, upright, largest.landmarks, largest.embedding) : null;
  } catch (error) {
    if (error instanceof UnreadableMedia) return 'unreadable';
    throw error;
  }
}
