import type { Face, Verification } from '@/lib/domain/verification';

/** A face of the ID with all five landmarks; parts can be replaced. */
export function face(parts: Partial<Face> = {}): Face {
  return {
    id: 'f',
    category: 'id',
    number: 1,
    confidence: 0.99968,
    box: { x1: 100, y1: 100, x2: 200, y2: 220 },
    boxProblem: null,
    landmarks: {
      left_eye: { x: 170, y: 150 },
      right_eye: { x: 130, y: 150 },
      nose: { x: 150, y: 170 },
      mouth_left: { x: 165, y: 190 },
      mouth_right: { x: 135, y: 190 },
    },
    brokenLandmarks: [],
    raw: {},
    ...parts,
  };
}

/** A record that lists these faces. */
export function record(faces: Face[]): Verification {
  return {
    id: 1,
    machineResult: 'NOT_VERIFIED',
    receivedAt: null,
    receivedIso: null,
    model: 'verification',
    modelVersion: null,
    idFileName: 'id.jpg',
    idFileSize: null,
    idFileType: 'image/jpeg',
    selfieFileName: 'selfie.jpg',
    selfieFileSize: null,
    selfieFileType: 'image/jpeg',
    checks: [],
    faces,
    faceCount: { id: null, selfie: null },
    tags: [],
    files: [],
  };
}
