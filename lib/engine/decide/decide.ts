import type { WireAntiSpoofing, WireCheck, WireFace, WireFaceMatch, WirePoint } from '@/lib/wire/record';
import type { ClipFacts, Measured, MeasuredFace } from '../measure/measured';

/** Where pass ends and fail begins; kept in every result they made. */
export interface Thresholds {
  match: number;
  liveness: number;
  /** Absent, no video is judged by its motion, and none passes. */
  rigidity?: number;
}

export interface Decision {
  verified: boolean;
  checks: WireCheck[];
}

/** Narrower pictures have lost what the liveness model looks for, and it rejects living people: no verdict is given on them. */
const LIVENESS_WIDTH = 600;

/** Frames of a video that must show exactly one face before anything is said of it. */
const LEAST_FRAMES = 3;
/** Over less time than this, a face that does not change proves nothing. */
const LEAST_SPAN_MS = 1000;
/** A person can keep still for a moment; a face that is not moved about needs to be seen this long, unless not even a camera's noise changes it. */
const STILL_SPAN_MS = 2000;
const NOT_EVEN_NOISE = 0.9995;
/** Cosine under which two frames of a video do not show the same person. Lower than for two pictures: a turned head costs likeness. */
const SAME_PERSON = 0.3;
/** A face that moves less, in distances between the eyes, stands still. */
const STILL = 0.05;

/**
 * Turns what was measured into the checks of a record. Pure. `verified` is true only when there is a face on the ID,
 * exactly one on the selfie, and every check with an outcome passes: unknown is no pass.
 */
export function decide(measured: Measured, thresholds: Thresholds): Decision {
  const match = faceMatch(measured, thresholds.match);
  const spoof = antiSpoofing(measured, thresholds);
  const detected = measured.id.faces.length >= 1 && measured.selfie.faces.length === 1;
  const idFaces = measured.id.faces.map(wireFace);
  const selfieFaces = measured.selfie.faces.map(wireFace);
  const faceCount = { id: idFaces.length, selfie: selfieFaces.length };
  return {
    verified: detected && match.outcome === 'pass' && spoof.outcome === 'pass',
    checks: [{ checkType: 'face_detection', faceCount, idFaces, selfieFaces, ...frameTime(measured.clip?.frameTimeMs) }, match, spoof],
  };
}

function faceMatch({ id, selfie, similarity: measured, clip }: Measured, threshold: number): WireFaceMatch {
  const similarity = measured === null ? null : round(measured, 4);
  const check = { checkType: 'face_match', similarity, threshold, ...frameTime(clip?.matchTimeMs) } as const;
  if (id.faces.length === 0) return { ...check, outcome: 'unknown', reason: 'No face was found on the ID document.' };
  if (selfie.faces.length === 0) return { ...check, outcome: 'unknown', reason: 'No face was found on the selfie.' };
  if (clip && clip.alone < LEAST_FRAMES) return { ...check, outcome: 'unknown', reason: seldomAlone(clip) };
  if (clip?.likeness != null && clip.likeness < SAME_PERSON) {
    return { ...check, outcome: 'unknown', reason: 'The face changes during the video, so it cannot be told whose it is.' };
  }
  if (similarity === null) return { ...check, outcome: 'unknown', reason: 'The two faces could not be compared.' };
  if (selfie.faces.length > 1) {
    const reason = `The selfie shows ${selfie.faces.length} faces, so it cannot be told whose it is; the largest was compared.`;
    return { ...check, outcome: 'unknown', reason };
  }
  if (similarity >= threshold) return { ...check, outcome: 'pass', reason: null };
  return { ...check, outcome: 'fail', reason: 'The face on the selfie does not resemble the portrait on the ID document enough.' };
}

function antiSpoofing({ selfie, liveness, clip }: Measured, { liveness: threshold, rigidity }: Thresholds): WireAntiSpoofing {
  const score = liveness === null ? null : round(liveness, 4);
  const check = {
    checkType: 'anti_spoofing',
    score,
    threshold,
    ...frameTime(clip?.livenessTimeMs),
    ...wireMotion(clip, rigidity),
  } as const;
  if (selfie.faces.length === 0) return { ...check, outcome: 'unknown', reason: 'No face was found on the selfie.' };
  if (clip && clip.alone < LEAST_FRAMES) return { ...check, outcome: 'unknown', reason: seldomAlone(clip) };
  const motion = clip && judgeMotion(clip, rigidity);
  if (motion?.outcome === 'fail') return { ...check, ...motion };
  if (score === null) return { ...check, outcome: 'unknown', reason: 'The face could not be judged.' };
  if (selfie.width < LIVENESS_WIDTH) {
    const reason = `The picture is too small to tell: it is ${selfie.width} pixels wide, at least ${LIVENESS_WIDTH} are needed.`;
    return { ...check, outcome: 'unknown', reason };
  }
  if (score >= threshold) return { ...check, ...(motion ?? { outcome: 'pass', reason: null }) };
  return {
    ...check,
    outcome: 'fail',
    reason: 'The selfie looks like a photograph, print or screen rather than a person in front of the camera.',
  };
}

/** A flat thing stays the same picture however it is moved; a living face turns in depth, blinks and changes its expression. */
function judgeMotion({ motion }: ClipFacts, threshold: number | undefined): Pick<WireAntiSpoofing, 'outcome' | 'reason'> {
  if (motion === null || threshold === undefined || motion.frames < LEAST_FRAMES) {
    return { outcome: 'unknown', reason: 'The frames of the video could not be compared, so it cannot be told whether the face moves.' };
  }
  if (motion.rigidity < threshold) return { outcome: 'pass', reason: null };
  const still = motion.shift < STILL;
  const needed = still && motion.rigidity < NOT_EVEN_NOISE ? STILL_SPAN_MS : LEAST_SPAN_MS;
  if (motion.spanMs < needed) {
    return { outcome: 'unknown', reason: `The face was seen for ${motion.spanMs} ms only, too short to tell whether it is alive.` };
  }
  const reason = still
    ? 'Nothing in the face moves during the video, as on a photograph.'
    : 'The face moves only as a flat picture does: shifted, turned or enlarged as a whole, without any change of its own.';
  return { outcome: 'fail', reason };
}

function seldomAlone({ alone, frames }: ClipFacts): string {
  return `Only ${alone} of the ${frames} frames looked at show exactly one face; at least ${LEAST_FRAMES} are needed.`;
}

function frameTime(timeMs: number | null | undefined): { frameTimeMs?: number } {
  return timeMs === null || timeMs === undefined ? {} : { frameTimeMs: timeMs };
}

function wireMotion(clip: ClipFacts | undefined, threshold: number | undefined): Pick<WireAntiSpoofing, 'motion'> {
  if (clip === undefined) return {};
  if (clip.motion === null || threshold === undefined) return { motion: null };
  return { motion: { rigidity: round(clip.motion.rigidity, 4), threshold, frames: clip.motion.frames } };
}

function wireFace(face: MeasuredFace, index: number): WireFace {
  const [x1, y1, x2, y2] = face.box;
  const { nose, leftEye, rightEye, mouthLeft, mouthRight } = face.landmarks;
  return {
    faceId: `face_${index + 1}`,
    detectionConfidence: round(face.confidence, 4),
    landmarks: {
      nose: wirePoint(nose),
      left_eye: wirePoint(leftEye),
      right_eye: wirePoint(rightEye),
      mouth_left: wirePoint(mouthLeft),
      mouth_right: wirePoint(mouthRight),
    },
    boundingBox: { x1: Math.round(x1), x2: Math.round(x2), y1: Math.round(y1), y2: Math.round(y2) },
  };
}

function wirePoint({ x, y }: WirePoint): WirePoint {
  return { x: round(x, 2), y: round(y, 2) };
}

function round(value: number, digits: number): number {
  const unit = 10 ** digits;
  return Math.round(value * unit) / unit;
}
