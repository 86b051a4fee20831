import { describe, expect, test } from 'vitest';
import { evidenceFindings, type FindingKind, findingsOf } from '@/lib/domain/finding';
import { portraitOf } from '@/lib/domain/main-face';
import { type Face, LANDMARK_NAMES, type TechnicalCheck, type Verification } from '@/lib/domain/verification';

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

const check = (
  kind: string,
  outcome: 'pass' | 'fail' | 'unknown',
  { known = true, value = null, threshold = null }: { known?: boolean; value?: number | null; threshold?: number | null } = {},
): TechnicalCheck => ({
  kind,
  known,
  outcome,
  measure: { value, threshold },
  frameTimeMs: null,
  reason: null,
  raw: {},
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
  checks: [check('face_detection', 'pass')],
  faces: [face('id', 1), face('face', 1)],
  faceCount: { id: 1, selfie: 1 },
  tags: [],
  files: [
    { category: 'id', name: 'v_id_5_passport.jpg', fileName: 'passport.jpg', size: 1, contentType: 'image/jpeg' },
    { category: 'face', name: 'v_face_5_selfie.jpg', fileName: 'selfie.jpg', size: 1, contentType: 'image/jpeg' },
  ],
};
const kinds = (change: Partial<Verification>): FindingKind[] => findingsOf({ ...plain, ...change }).map(({ kind }) => kind);
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

  test('call it a contradiction when nothing supports the automated result', () => {
    expect(kinds({ checks: [] })).toEqual(['contradiction']);
    expect(kinds({ machineResult: 'NOT_VERIFIED', checks: [check('face_detection', 'pass'), check('face_match', 'pass')] })).toEqual([
      'contradiction',
    ]);
    expect(kinds({ machineResult: 'NOT_VERIFIED' })).toEqual([]);
    expect(kinds({ machineResult: 'NOT_VERIFIED', checks: [] })).toEqual([]);
  });

  test('call it a contradiction when a check passed below its own threshold, or a match failed above it', () => {
    const failed = { machineResult: 'NOT_VERIFIED' } as const;
    const numbers = { value: 0.05, threshold: 0.38 };
    expect(kinds({ ...failed, checks: [check('face_match', 'pass', numbers), check('LIVENESS', 'fail')] })).toEqual(['contradiction']);
    expect(kinds({ ...failed, checks: [check('face_match', 'fail', { value: 0.5, threshold: 0.38 })] })).toEqual(['contradiction']);
    expect(kinds({ ...failed, checks: [check('anti_spoofing', 'fail', { value: 0.9, threshold: 0.5 })] })).toEqual([]);
    expect(kinds({ ...failed, checks: [check('face_match', 'fail', numbers)] })).toEqual([]);
  });

  test('take a second face on an ID for a ghost portrait only when it is clearly smaller, and three for a warning', () => {
    const onId = (...widths: number[]) => ({
      ...plain,
      faces: [...widths.map((width, i) => face('id', i + 1, width)), face('face', 1)],
      faceCount: { id: widths.length, selfie: 1 },
    });
    expect(findingsOf(onId(200, 100))).toMatchObject([{ kind: 'ghost-portrait', weight: 'note' }]);
    expect(findingsOf(onId(100, 200))).toMatchObject([{ kind: 'ghost-portrait', weight: 'note' }]);
    expect(findingsOf(onId(123, 130))).toMatchObject([{ kind: 'ghost-portrait', weight: 'warning' }]);
    expect(findingsOf(onId(200, 60, 50))).toMatchObject([{ kind: 'ghost-portrait', weight: 'warning' }]);
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
    const unstated = findingsOf({ ...plain, faces: [face('id', 1, 200, { confidence: null }), face('face', 1)] });
    expect(unstated.map(({ detail }) => detail)).toEqual(['face 1: confidence not given.']);
    expect(onId({}, 79)).toEqual(['small-face']);
    expect(onId({ box: null, boxProblem: 'missing' })).toEqual(['box-unusable']);
    expect(onId({ landmarks: { ...landmarks, nose: undefined } })).toEqual(['landmarks-missing']);
  });

  test('see contradictory tags, unknown checks, a time that disagrees and a file that cannot be fetched', () => {
    const customer = (value: string) => ({ name: 'customerId', value });
    expect(kinds({ tags: [customer('1'), customer('2')] })).toEqual(['several-tag-values']);
    expect(kinds({ tags: [customer('1'), customer('1')] })).toEqual([]);
    expect(kinds({ checks: [check('AURA', 'pass', { known: false })] })).toEqual(['unknown-check']);
    expect(kinds({ receivedIso: '2026-02-13T15:23:55' })).toEqual(['timestamp-disagreement']);
    expect(kinds({ receivedIso: '2026-02-15T13:13:55' })).toEqual(['timestamp-disagreement']);
    // A local time without its zone, as all records of such a service have it.
    expect(kinds({ receivedIso: '2026-02-13T15:13:55' })).toEqual([]);
    expect(kinds({ receivedIso: '2026-02-13T18:58:55.9' })).toEqual([]);
    expect(kinds({ receivedIso: '2026-02-13T15:13:55+02:00' })).toEqual([]);
    expect(kinds({ files: plain.files.slice(0, 1) })).toEqual(['missing-file']);
  });
});

describe('the portrait', () => {
  test('is the largest face of the ID, whichever is listed first', () => {
    expect(portraitOf({ ...plain, faces: [face('id', 1, 60), face('id', 2, 200), face('face', 1, 500)] })?.number).toBe(2);
  });
});

test('evidence that changed, held other bytes for a time, is lost, or is not what was decided on is a finding; what was never read is none', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
  const file = { name: 'v_id_5_x.jpg', state: 'same' as const, sha256: a, problem: null, others: [] };
  const other = { sha256: b, from: Date.UTC(2026, 0, 2), until: null, acknowledged: null };
  expect(evidenceFindings([file], { idSha256: a, selfieSha256: b })).toEqual([]);
  expect(evidenceFindings([file], { idSha256: null, selfieSha256: null })).toEqual([]);
  expect(evidenceFindings([file], null)).toEqual([]);
  expect(evidenceFindings([file], { idSha256: c, selfieSha256: b })).toMatchObject([{ kind: 'drift', weight: 'warning' }]);
  expect(evidenceFindings([{ ...file, others: [other] }], null)).toMatchObject([{ kind: 'drift', weight: 'warning' }]);
  const over = { ...other, until: Date.UTC(2026, 0, 3) };
  expect(evidenceFindings([{ ...file, others: [over] }], null)).toMatchObject([
    { kind: 'drift', detail: expect.stringContaining('between 2026-01-02 00:00:00 UTC and 2026-01-03 00:00:00 UTC') },
  ]);
  const acknowledged = { by: 'Ana', at: Date.UTC(2026, 0, 4), reason: 'Restored from a backup.' };
  expect(evidenceFindings([{ ...file, others: [{ ...over, acknowledged }] }], null)).toEqual([]);
  expect(evidenceFindings([{ ...file, state: 'lost', problem: 'http-410' }], null)).toMatchObject([
    { kind: 'file-missing', weight: 'warning', detail: expect.stringContaining('HTTP 410') },
  ]);
});
