import path from 'node:path';
import { decide, type Thresholds } from '../decide/decide';
import { decode } from '../image/decode';
import { UnreadableMedia } from '../image/unreadable-media';
import { scoreLiveness } from '../liveness/score-liveness';
import { asShown } from '../measure/as-shown';
import { findFaces } from '../measure/find-faces';
import type { Models } from '../models/sessions';
import type { EvaluationTools } from './evaluate-matching';
import { picturesIn } from './picture-folders';
import { type Interval, wilson } from './statistics';

/** Counts of pictures; the intervals are 95 % ones of attacksCaught over attacks and realPassed over real. */
export interface LivenessFigures {
  attacksCaught: number;
  attacks: number;
  attacksCaughtCI: Interval;
  realPassed: number;
  real: number;
  realPassedCI: Interval;
  /** Pictures of either kind the check gives no verdict on; they are neither caught nor passed. */
  unknown: number;
  threshold: number;
}

export interface LivenessReport {
  figures: LivenessFigures;
  /** Every picture that was not judged as it should be, with what the check said. */
  wrong: { picture: string; said: Verdict; score: number | null }[];
}

type Verdict = 'pass' | 'fail' | 'unknown' | 'unreadable';

/**
 * Measures the anti-spoofing check on the pictures in `dir/real` and `dir/spoof`, taking each for a selfie.
 * Throws an Error with one sentence when either folder is missing or empty.
 */
export async function evaluateLiveness(
  dir: string,
  thresholds: Thresholds,
  tools: Omit<EvaluationTools, 'random'>,
): Promise<LivenessReport> {
  const kinds = { real: await picturesOf(dir, 'real'), spoof: await picturesOf(dir, 'spoof') };
  const all = kinds.real.length + kinds.spoof.length;
  const right = { real: 0, spoof: 0 };
  const wrong: LivenessReport['wrong'] = [];
  let unknown = 0;
  let done = 0;
  for (const kind of ['real', 'spoof'] as const) {
    for (const file of kinds[kind]) {
      const { said, score } = await judge(tools.models, thresholds, file);
      if (said === 'unknown' || said === 'unreadable') unknown += 1;
      if (said === (kind === 'real' ? 'pass' : 'fail')) right[kind] += 1;
      else wrong.push({ picture: path.relative(dir, file), said, score });
      done += 1;
      tools.onProgress(done, all);
    }
  }
  const figures: LivenessFigures = {
    attacksCaught: right.spoof,
    attacks: kinds.spoof.length,
    attacksCaughtCI: wilson(right.spoof, kinds.spoof.length),
    realPassed: right.real,
    real: kinds.real.length,
    realPassedCI: wilson(right.real, kinds.real.length),
    unknown,
    threshold: thresholds.liveness,
  };
  return { figures, wrong };
}

async function picturesOf(dir: string, kind: 'real' | 'spoof'): Promise<string[]> {
  const pictures = await picturesIn(path.join(dir, kind));
  if (pictures.length === 0) throw new Error(`${path.join(dir, kind)} holds no jpg, png or webp pictures.`);
  return pictures;
}

async function judge({ models }: Models, thresholds: Thresholds, file: string): Promise<{ said: Verdict; score: number | null }> {
  try {
    const decoded = await decode(file);
    const found = await findFaces(models, decoded.pixels);
    const [largest] = found.faces;
    const liveness = largest ? await scoreLiveness(models.liveness, found.upright, largest.box) : null;
    const picture = asShown(decoded, found);
    const { checks } = decide({ id: picture, selfie: picture, similarity: null, liveness }, thresholds);
    const check = checks.find((one) => one.checkType === 'anti_spoofing');
    if (check === undefined || !('score' in check)) throw new Error('The decision holds no anti-spoofing check.');
    return { said: check.outcome, score: check.score };
  } catch (error) {
    if (error instanceof UnreadableMedia) return { said: 'unreadable', score: null };
    throw error;
  }
}
