import { describe, expect, test } from 'vitest';
import { changeLine, overrideShift } from '@/lib/domain/record-change';
import { recordDifferences } from '@/lib/domain/record-difference';
import { adaptVerification } from '@/lib/upstream/adapt';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import sample from '../../fixtures/upstream/sample.json';

const record = sample.result;
const between = (change: object, before: object = record) =>
  recordDifferences(adaptVerification(before), adaptVerification({ ...before, ...change }));

describe('what differs between two versions of a record', () => {
  test('is nothing for the same record, and the automated result comes first', () => {
    expect(between({})).toEqual([]);
    expect(between({ verified: !record.verified, model: 'other', idFileName: 'other.jpg' }).map(({ subject }) => subject)).toEqual([
      'Automated result',
      'ID document as submitted',
      'Model',
    ]);
    expect(between({ verified: false }, { ...record, verified: true })[0]).toEqual({
      subject: 'Automated result',
      before: 'Verified',
      after: 'Not verified',
    });
  });

  test('names each check that came, went or changed, those of one kind apart, and unknown ones by their details', () => {
    const checks = (...technicalChecks: object[]) => ({ modelResults: { technicalChecks } });
    const before = { ...record, ...checks({ type: 'LIVENESS', status: 'PASS', score: 0.9 }, { type: 'GAIT', step: 1 }) };
    const found = between(
      checks({ type: 'LIVENESS', status: 'FAIL', score: 0.2 }, { type: 'GAIT', step: 2 }, { type: 'LIVENESS', status: 'PASS' }),
      before,
    );
    expect(found.slice(0, 3)).toEqual([
      { subject: 'Check liveness', before: 'pass, measured 0.9', after: 'fail, measured 0.2' },
      { subject: 'Check gait', before: 'details as they were', after: 'other details' },
      { subject: 'Check liveness 2', before: null, after: 'pass' },
    ]);
  });

  test('names tags and files, and counts faces that moved instead of listing their landmarks', () => {
    const tags = [
      { name: 'customerId', value: '9999' },
      { name: 'risk', value: 'low' },
    ];
    const moved = structuredClone(record);
    for (const check of moved.modelResults.technicalChecks) for (const face of check.idFaces ?? []) face.landmarks.nose.x += 3;
    const found = between({ ...moved, tags: [{ name: 'customerId', value: '8888' }], files: record.files.slice(1) }, { ...record, tags });
    expect(found.map(({ subject, after }) => [subject, after])).toEqual([
      ['ID document file', null],
      ['Tag customerId', '8888'],
      ['Tag risk', null],
      ['Faces on the ID document', expect.stringMatching(/^\d with another place, landmarks or confidence$/)],
    ]);
  });

  test('shows a long text from where it begins to differ, and hidden characters by name in exports', () => {
    const long = 'x'.repeat(5000);
    const [found] = between({ tags: [{ name: 't', value: `${long}b\u202e` }] }, { ...record, tags: [{ name: 't', value: `${long}a` }] });
    expect(found).toEqual({ subject: 'Tag t', before: `…${'x'.repeat(40)}a`, after: `…${'x'.repeat(40)}b\u202e` });
    const change = {
      decisionId: 'd',
      kind: 'changed',
      at: null,
      returnedAt: null,
      override: null,
      differences: found ? [found] : [],
    } as const;
    expect(changeLine(change)).toContain('b[U+202E].');
  });

  test('tells which decisions became overrides, and which are none any longer', () => {
    expect(overrideShift({ isOverride: false, outcome: 'APPROVED' }, 'NOT_VERIFIED')).toBe('became-override');
    expect(overrideShift({ isOverride: true, outcome: 'APPROVED' }, 'VERIFIED')).toBe('no-longer-override');
    expect(overrideShift({ isOverride: false, outcome: 'DECLINED' }, 'NOT_VERIFIED')).toBeNull();
  });
});

describe('the fingerprint of a record', () => {
  const withUrls = (url: (name: string) => string) =>
    snapshotHash({ ...record, files: record.files.map((file) => ({ ...file, url: url(file.url.split('/').at(-1) ?? '') })) });

  test('is the same when only host, path or signature of its file urls differ, another when a file has another name', () => {
    const plain = withUrls((name) => `http://a.test/v1/files/${name}`);
    expect(withUrls((name) => `https://cdn.test/x/${name}?sig=1&expires=2#3`)).toBe(plain);
    expect(withUrls((name) => `http://a.test/v1/files/other-${name}`)).not.toBe(plain);
    expect(withUrls(() => 'http://a.test/..')).not.toBe(plain);
  });
});
