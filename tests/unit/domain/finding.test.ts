import { describe, expect, test } from 'vitest';
import { driftFindings, type FindingKind, findingsOf } from '@/lib/domain/finding';
import { type Face, LANDMARK_NAMES, portraitOf, type Verification } from '@/lib/domain/verification';

const landmarks = Object.fromEntries(LANDMARK_NAMES.map((name) => [name, { x: 1, y: 1 }]));
const face = (category: 'id' | 'face', number: number, width = 200, change: Partial<Face> = {}): Face => ({
  id: `${category}-${number}`,
  category,
  number,
  confidence: 0.99,
  box: { x1: 0, y1: 0, x2: width, y2: width },
  boxProblem: null,
  landmarks,
  brokenLandmarks: [],
  raw: {},
  ...change,
});

/** A record nothing is to be said about. */
const plain: Verification = {
  id: 5,
  machineResult: 'VERIFIED',
  receivedAt: Date.UTC(2026, 1, 13, 13, 13, 55),
  receivedIso: '2026-02-13T13:13:55.213189',
  model: 'verification',
  modelVersion: '1.0.0',
  idFileName: 'passport.jpg',
  idFileSize: 1,
  idFileType: 'jpeg',
  selfieFileName: 'selfie.jpg',
  selfieFileSize: 1,
  selfieFileType: 'jpeg',
  checks: [],
  faces: [face('id', 1), face('face', 1)],
  faceCount: { id: 1, selfie: 1 },
  tags: [],
  files: [
    { category: 'id', name: 'v_id_5_passport.jpg', fileName: 'passport.jpg', size: 1, contentType: 'image/jpeg' },
    { category: 'face', name: 'v_face_5_selfie.jpg', fileName: 'selfie.jpg', size: 1, contentType: 'image/jpeg' },
  ],
};
const kinds = (change: Partial<Verification>): FindingKind[] => findingsOf({ ...plain, ...change }).map(({ kind }) => kind);
const check = (kind: string, outcome: 'pass' | 'fail' | 'unknown', known = true) => ({
  kind,
  known,
  outcome,
  measure: { value: null, threshold: null },
  frameTimeMs: null,
  reason: null,
  raw: {},
});

describe('findings', () => {
  test('say nothing about a record without peculiarities', () => {
    expect(findingsOf(plain)).toEqual([]);
  });

  test('call it a contradiction when the machine verified although a check did not pass; unknown is not a pass', () => {
    expect(kinds({ checks: [check('LIVENESS', 'fail')] })).toEqual(['contradiction']);
    expect(kinds({ checks: [check('LIVENESS', 'unknown')] })).toEqual(['contradiction']);
    expect(kinds({ checks: [check('LIVENESS', 'pass')] })).toEqual([]);
    expect(kinds({ checks: [check('LIVENESS', 'fail')], machineResult: 'NOT_VERIFIED' })).toEqual([]);
  });

  test('take two faces on an ID for the portrait and its ghost, three for a warning', () => {
    const onId = (count: number) => ({
      faces: [...Array.from({ length: count }, (_, i) => face('id', i + 1)), face('face', 1)],
      faceCount: { id: count, selfie: 1 },
    });
    expect(findingsOf({ ...plain, ...onId(2) })).toMatchObject([{ kind: 'ghost-portrait', weight: 'note' }]);
    expect(findingsOf({ ...plain, ...onId(3) })).toMatchObject([{ kind: 'ghost-portrait', weight: 'warning' }]);
  });

  test('see faces that are missing, too many, or counted otherwise than listed', () => {
    expect(kinds({ faces: [], faceCount: { id: 0, selfie: 0 } })).toEqual(['no-face-on-id', 'no-face-on-selfie']);
    expect(kinds({ faces: [face('id', 1), face('face', 1), face('face', 2)], faceCount: { id: 1, selfie: 2 } })).toEqual([
      'several-selfie-faces',
    ]);
    expect(kinds({ faceCount: { id: 2, selfie: null } })).toEqual(['face-count-mismatch']);
  });

  test('see faces that are uncertain, small, oddly boxed or lack landmarks', () => {
    const onId = (change: Partial<Face>, width?: number) => kinds({ faces: [face('id', 1, width, change), face('face', 1)] });
    expect(onId({ confidence: 0.5 })).toEqual(['low-confidence']);
    expect(onId({ confidence: null })).toEqual(['low-confidence']);
    expect(onId({}, 79)).toEqual(['small-face']);
    expect(onId({ box: null, boxProblem: 'missing' })).toEqual(['box-unusable']);
    expect(onId({ landmarks: { ...landmarks, nose: undefined } })).toEqual(['landmarks-missing']);
  });

  test('see contradictory tags, unknown checks, a time that disagrees and a file that cannot be fetched', () => {
    const customer = (value: string) => ({ name: 'customerId', value });
    expect(kinds({ tags: [customer('1'), customer('2')] })).toEqual(['several-tag-values']);
    expect(kinds({ tags: [customer('1'), customer('1')] })).toEqual([]);
    expect(kinds({ checks: [check('AURA', 'pass', false)] })).toEqual(['unknown-check']);
    expect(kinds({ receivedIso: '2026-02-13T15:13:55' })).toEqual(['timestamp-disagreement']);
    expect(kinds({ receivedIso: '2026-02-13T15:13:55+02:00' })).toEqual([]);
    expect(kinds({ files: plain.files.slice(0, 1) })).toEqual(['missing-file']);
  });
});

describe('the portrait', () => {
  test('is the largest face of the ID, whichever is listed first', () => {
    expect(portraitOf({ ...plain, faces: [face('id', 1, 60), face('id', 2, 200), face('face', 1, 500)] })?.number).toBe(2);
  });
});

test('evidence that changed since it was seen, or is not what was decided on, is drift; what was never hashed is none', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
  const file = { name: 'v_id_5_x.jpg', sha256: a, changed: false };
  expect(driftFindings([file], { idSha256: a, selfieSha256: b })).toEqual([]);
  expect(driftFindings([file], { idSha256: null, selfieSha256: null })).toEqual([]);
  expect(driftFindings([file], null)).toEqual([]);
  expect(driftFindings([file], { idSha256: c, selfieSha256: b })).toMatchObject([{ kind: 'drift', weight: 'warning' }]);
  expect(driftFindings([{ ...file, changed: true }], null)).toMatchObject([{ kind: 'drift', weight: 'warning' }]);
});
