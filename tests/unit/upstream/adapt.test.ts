import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '@/lib/domain/finding';
import { facesOf, type Verification } from '@/lib/domain/verification';
import { adaptVerification } from '@/lib/upstream/adapt';
import { adaptList } from '@/lib/upstream/adapt-list';
import bothShapes from '../../fixtures/upstream/both-shapes.json';
import brokenFaces from '../../fixtures/upstream/broken-faces.json';
import listWithABrokenRecord from '../../fixtures/upstream/list-with-a-broken-record.json';
import oddFields from '../../fixtures/upstream/odd-fields.json';
import sample from '../../fixtures/upstream/sample.json';

const outcomes = ({ checks }: Verification) => checks.map((check) => `${check.kind}: ${check.outcome}`);

describe('adaptVerification', () => {
  it('reads the documented sample field by field', () => {
    const verification = adaptVerification(sample.result);
    expect(verification).toMatchObject({
      id: 5,
      machineResult: 'VERIFIED',
      receivedAt: 1_770_984_835_000,
      receivedIso: '2026-02-13T13:13:55.213189',
      model: 'verification',
      modelVersion: '1.0.0',
      idFileName: 'passport.jpg',
      idFileSize: 174_112,
      selfieFileType: 'jpeg',
      faceCount: { id: 2, selfie: 1 },
      tags: [{ name: 'customerId', value: '9999' }],
      files: [
        { category: 'id', name: 'v_id_5_passport.jpg', contentType: 'image/jpeg' },
        { category: 'face', name: 'v_face_5_selfie.jpg', size: 250_118 },
      ],
    });
    expect(outcomes(verification)).toEqual(['face_detection: pass']);
    expect(facesOf(verification, 'id').map((face) => face.confidence)).toEqual([0.9992, 0.9865]);
    expect(facesOf(verification, 'face')[0]).toMatchObject({
      id: 'face_1',
      number: 1,
      box: { x1: 569, y1: 523, x2: 884, y2: 986 },
      landmarks: { left_eye: { x: 803.63, y: 708.27 }, nose: { x: 724.91, y: 807.64 } },
      brokenLandmarks: [],
    });
  });

  it('reads both shapes of checks side by side and never counts an unknown kind or word as passed', () => {
    const verification = adaptVerification(bothShapes.result);
    expect(outcomes(verification)).toEqual([
      'face_detection: pass',
      'FACE_MATCH: fail',
      'anti_spoofing: pass',
      'DEEPFAKE_AUDIO: unknown',
      'LIVENESS: unknown',
      'ID_QUALITY: fail',
      'unnamed: unknown',
      'unnamed: unknown',
      'unnamed: unknown',
    ]);
    expect(verification.checks[1]).toMatchObject({ known: true, measure: { value: 0.31, threshold: 0.4 }, reason: 'below threshold' });
    expect(verification.checks[3]).toMatchObject({ known: false, reason: 'no audio track' });
    expect(findingsOf(verification).map((finding) => finding.kind)).toContain('contradiction');
  });

  it('keeps faces whose parts are missing, null, reversed or of another unit, and says which', () => {
    const verification = adaptVerification(brokenFaces.result);
    const [reversed, bare, nothing] = facesOf(verification, 'id');
    expect(reversed).toMatchObject({
      confidence: null,
      box: { x1: 195, x2: 318 },
      boxProblem: 'reversed',
      landmarks: { right_eye: { x: 227.69, y: 911.25 } },
      brokenLandmarks: ['left_eye', 'nose'],
    });
    expect(bare).toMatchObject({ id: 'face_2', confidence: 0.5, box: null, boxProblem: 'missing', landmarks: {} });
    expect(nothing).toMatchObject({ id: 'face_3', box: null, confidence: null });
    expect(verification.faceCount).toEqual({ id: 1, selfie: 2 });
    expect(outcomes(verification)).toEqual(['FACE_DETECTION: unknown']);
  });

  it('takes only true for verified, tells seconds from milliseconds, and reads tags given as an object', () => {
    const verification = adaptVerification(oddFields.result);
    expect(verification).toMatchObject({
      machineResult: 'NOT_VERIFIED',
      receivedAt: 1_770_984_835_123,
      receivedIso: null,
      modelVersion: null,
    });
    expect(verification.tags).toEqual([
      { name: 'customerId', value: '9999' },
      { name: 'vip', value: 'true' },
      { name: 'note', value: '' },
      { name: 'nested', value: '{"a":1}' },
    ]);
  });

  it('names a file by the last segment of its url alone, and only when that is a bare name', () => {
    const { files } = adaptVerification(oddFields.result);
    expect(files.map((file) => file.name)).toEqual(['v_id_7_my passé.jpg', null, null]);
    expect(files[0]).toMatchObject({ category: 'id', size: null });
  });

  it('does not call a face detection passed when its numbers contradict its lists', () => {
    const detection = { checkType: 'face_detection', faceCount: { id: 0, selfie: 1 }, idFaces: [{}], selfieFaces: [{}] };
    const verification = adaptVerification({
      verificationId: 1,
      modelResults: { technicalChecks: [detection, { checkType: 'face_detection' }] },
    });
    expect(outcomes(verification)).toEqual(['face_detection: unknown', 'face_detection: unknown']);
  });

  it('never throws on any JSON that carries a usable id', () => {
    const known = fc.constantFrom('tags', 'files', 'modelResults', 'timestamp', 'verified', 'idFileName', 'model');
    const checks = fc.array(
      fc.dictionary(fc.constantFrom('checkType', 'type', 'status', 'outcome', 'faceCount', 'idFaces', 'details', 'score'), fc.jsonValue()),
    );
    const detection = checks.map((list) => ({ technicalChecks: list.map((check) => ({ ...check, checkType: 'face_detection' })) }));
    const record = fc.dictionary(known, fc.oneof(fc.jsonValue(), detection));
    fc.assert(
      fc.property(record, fc.nat(), (fields, id) => {
        const verification = adaptVerification({ ...fields, verificationId: id });
        expect(verification.id).toBe(id);
        findingsOf(verification);
      }),
    );
  });

  it.each([null, 'text', [], {}, { verificationId: '5' }, { verificationId: 1.5 }, { verificationId: -1 }])(
    'refuses %j as a record',
    (record) => {
      expect(() => adaptVerification(record)).toThrowError(expect.objectContaining({ code: 'upstream-unreadable' }));
    },
  );
});

describe('what services really send', () => {
  const checksOf = (technicalChecks: unknown) => adaptVerification({ verificationId: 1, modelResults: { technicalChecks } }).checks;

  it('reads checks that come as an object keyed by kind, as one object, and beside their outcome alone', () => {
    expect(checksOf({ face_match: { status: 'FAIL', similarity: 0.1 }, liveness: 'pass' })).toMatchObject([
      { kind: 'face_match', outcome: 'fail', measure: { value: 0.1 } },
      { kind: 'liveness', outcome: 'pass' },
    ]);
    expect(checksOf({ type: 'LIVENESS', status: 'PASS' })).toMatchObject([{ kind: 'LIVENESS', outcome: 'pass' }]);
    expect(checksOf(null)).toEqual([]);
  });

  it('shows the details of a failed check', () => {
    const [check] = checksOf([
      { type: 'LIVENESS', status: 'FAIL', spoofType: 'PRINT', details: { reason: 'Paper edge', region: 'chin', score: 0.1 } },
    ]);
    expect(check?.reason).toBe('Paper edge; spoofType: PRINT; region: chin');
  });

  it('keeps a tag whose name is empty, and puts a replacement mark where half a character stands', () => {
    const { tags } = adaptVerification({ verificationId: 1, tags: [{ name: '', value: 'x' }, { name: 'a\ud800b', value: '\udc00' }, {}] });
    expect(tags).toEqual([
      { name: '', value: 'x' },
      { name: 'a\ufffdb', value: '\ufffd' },
    ]);
    expect(() => encodeURIComponent(tags.map(({ name, value }) => name + value).join(''))).not.toThrow();
  });
});

describe('adaptList', () => {
  it('keeps the neighbours of a record that cannot be read, and counts it', () => {
    const page = adaptList(new TextEncoder().encode(JSON.stringify(listWithABrokenRecord)));
    expect(page.verifications.map((verification) => verification.id)).toEqual([1, 3]);
    expect(page).toMatchObject({ totalCount: 3, unreadable: 1 });
  });

  it.each(['', '{"totalCount":1,"data":[', '<html></html>', '{"data":[]}', '{"totalCount":0}', '[]', 'null'])(
    'refuses %j instead of showing an empty page',
    (text) => {
      expect(() => adaptList(text)).toThrowError(expect.objectContaining({ code: 'upstream-unreadable' }));
    },
  );
});
