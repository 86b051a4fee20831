import type { WireAntiSpoofing, WireCheck, WireFace, WireFaceMatch, WirePoint } from '@/lib/wire/record';
import type { Measured, MeasuredFace } from '../measure/measured';

/** Where pass ends and fail begins; kept in every result they made. */
export interface Thresholds {
  match: number;
  liveness: number;
}

export interface Decision {
  verified: boolean;
  checks: WireCheck[];
}

/** Narrower pictures have lost what the liveness model looks for, and it rejects living people: no verdict is given on them. */
const LIVENESS_WIDTH = 600;

/**
 * Turns what was measured into the checks of a record. Pure. `verified` is true only when there is a face on the ID,
 * exactly one on the selfie, and every check with an outcome passes: unknown is no pass.
 */
export function decide(measured: Measured, thresholds: Thresholds): Decision {
  const match = faceMatch(measured, thresholds.match);
  const spoof = antiSpoofing(measured, thresholds.liveness);
  const detected = measured.id.faces.length >= 1 && measured.selfie.faces.length === 1;
  const idFaces = measured.id.faces.map(wireFace);
  const selfieFaces = measured.selfie.faces.map(wireFace);
  const faceCount = { id: idFaces.length, selfie: selfieFaces.length };
  return {
    verified: detected && match.outcome === 'pass' && spoof.outcome === 'pass',
    checks: [{ checkType: 'face_detection', faceCount, idFaces, selfieFaces }, match, spoof],
  };
}

function faceMatch({ id, selfie, similarity: measured }: Measured, threshold: number): WireFaceMatch {
  const similarity = measured === null ? null : round(measured, 4);
  const check = { checkType: 'face_match', similarity, threshold } as const;
  if (id.faces.length === 0) return { ...check, outcome: 'unknown', reason: 'No face was found on the ID document.' };
  if (similarity === null) return { ...check, outcome: 'unknown', reason: 'No face was found on the selfie.' };
  if (selfie.faces.length > 1) {
    const reason = `The selfie shows ${selfie.faces.length} faces, so it cannot be told whose it is; the largest was compared.`;
    return { ...check, outcome: 'unknown', reason };
  }
  if (similarity >= threshold) return { ...check, outcome: 'pass', reason: null };
  return { ...check, outcome: 'fail', reason: 'The face on the selfie does not resemble the portrait on the ID document enough.' };
}

function antiSpoofing({ selfie, liveness }: Measured, threshold: number): WireAntiSpoofing {
  const score = liveness === null ? null : round(liveness, 4);
  const check = { checkType: 'anti_spoofing', score, threshold } as const;
  if (score === null) return { ...check, outcome: 'unknown', reason: 'No face was found on the selfie.' };
  if (selfie.width < LIVENESS_WIDTH) {
    const reason = `The picture is too small to tell: it is ${selfie.width} pixels wide, at least ${LIVENESS_WIDTH} are needed.`;
    return { ...check, outcome: 'unknown', reason };
  }
  if (score >= threshold) return { ...check, outcome: 'pass', reason: null };
  return {
    ...check,
    outcome: 'fail',
    reason: 'The selfie looks like a photograph, print or screen rather than a person in front of the camera.',
  };
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
