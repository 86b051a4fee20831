import { describe, expect, it } from 'vitest';
import { decide } from '@/lib/engine/decide/decide';
import type { Measured, MeasuredFace } from '@/lib/engine/measure/measured';

const point = { x: 1.23456, y: 2.34567 };
const face: MeasuredFace = {
  confidence: 0.987654,
  box: [1.4, 2.6, 30.5, 40.1],
  landmarks: { nose: point, leftEye: point, rightEye: point, mouthLeft: point, mouthRight: point },
};
const thresholds = { match: 0.38, liveness: 0.5 };

function measured(changes: {
  idFaces?: number;
  selfieFaces?: number;
  width?: number;
  similarity?: number | null;
  liveness?: number | null;
}): Measured {
  const { idFaces = 1, selfieFaces = 1, width = 600, similarity = 0.38, liveness = 0.5 } = changes;
  const faces = (count: number) => Array.from({ length: count }, () => face);
  return {
    id: { width: 1000, height: 600, faces: faces(idFaces) },
    selfie: { width, height: 800, faces: faces(selfieFaces) },
    similarity,
    liveness,
  };
}

describe('the decision', () => {
  it('passes at the thresholds themselves, and a ghost portrait on the ID is no obstacle', () => {
    expect(decide(measured({}), thresholds).verified).toBe(true);
    expect(decide(measured({ idFaces: 3 }), thresholds).verified).toBe(true);
  });

  it.each([
    ['the faces are too unlike', { similarity: 0.3799 }],
    ['the selfie looks like a spoof', { liveness: 0.4999 }],
    ['the selfie is too small to judge', { width: 599 }],
    ['the selfie shows two people', { selfieFaces: 2 }],
    ['the selfie shows nobody', { selfieFaces: 0, similarity: null, liveness: null }],
    ['the ID shows nobody', { idFaces: 0, similarity: null }],
  ])('does not verify when %s, and says why', (_what, changes) => {
    const { verified, checks } = decide(measured(changes), thresholds);
    expect(verified).toBe(false);
    const reasons = checks.flatMap((check) => (check.checkType === 'face_detection' || check.outcome === 'pass' ? [] : [check.reason]));
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every((reason) => typeof reason === 'string' && reason.endsWith('.'))).toBe(true);
  });

  it('records the thresholds it used, and rounds as the contract shows', () => {
    const [faces, match, spoof] = decide(measured({ similarity: 0.123456, liveness: 0.98765 }), { match: 0.1, liveness: 0.9 }).checks;
    expect(match).toMatchObject({ similarity: 0.1235, threshold: 0.1, outcome: 'pass' });
    expect(spoof).toMatchObject({ score: 0.9877, threshold: 0.9, outcome: 'pass' });
    expect(faces).toMatchObject({
      idFaces: [{ detectionConfidence: 0.9877, landmarks: { nose: { x: 1.23, y: 2.35 } }, boundingBox: { x1: 1, x2: 31, y1: 3, y2: 40 } }],
    });
  });
});
