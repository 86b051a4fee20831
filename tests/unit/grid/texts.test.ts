import { describe, expect, it } from 'vitest';
import { ageText } from '@/components/grid/age-text';
import { facesText, matchText, noticedOf } from '@/components/grid/cell-text';
import { lastPage, nextPage, previousPage, rangeText } from '@/components/grid/page-range';
import { helpLines } from '@/components/keyboard/help-lines';
import { initialsOf } from '@/components/shell/initials';
import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { SCOPES, SHORTCUTS } from '@/lib/domain/shortcuts';
import { adaptVerification } from '@/lib/upstream/adapt';

const record = (technicalChecks: unknown[], verified = false) =>
  adaptVerification({
    verificationId: 5,
    verified,
    timestamp: 1770984835,
    modelResults: { technicalChecks },
    files: [
      { category: 'id', url: 'https://files.example/v1/files/v_id_5_a.jpg' },
      { category: 'face', url: 'https://files.example/v1/files/v_face_5_b.jpg' },
    ],
  });

describe('the age of what is shown', () => {
  it.each([
    [-4000, 'just now'],
    [4999, 'just now'],
    [12_400, '12 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [7_200_000, '2 h ago'],
    [200_000_000, '2 d ago'],
  ])('%i ms reads %s', (milliseconds, text) => {
    expect(ageText(milliseconds)).toBe(text);
  });
});

describe('the range of a page', () => {
  it.each([
    [{ offset: 0, entries: 25, totalCount: 130 }, '1–25 of 130'],
    [{ offset: 1200, entries: 4, totalCount: 1204 }, '1,201–1,204 of 1,204'],
    [{ offset: 129, entries: 1, totalCount: 130 }, '130 of 130'],
    [{ offset: 500, entries: 0, totalCount: 130 }, '0 of 130'],
  ])('%o reads %s', (range, text) => {
    expect(rangeText(range)).toBe(text);
  });

  it('has neighbours only where there are rows', () => {
    const middle = { ...DEFAULT_QUERY, offset: 100 };
    expect(nextPage(middle, 130)?.offset).toBe(125);
    expect(nextPage(middle, 125)).toBeNull();
    expect(previousPage(middle)?.offset).toBe(75);
    expect(previousPage({ ...DEFAULT_QUERY, offset: 10 })?.offset).toBe(0);
    expect(previousPage(DEFAULT_QUERY)).toBeNull();
  });

  it('ends with a last page that holds something', () => {
    expect(lastPage(middleOf(500), 130).offset).toBe(125);
    expect(lastPage(middleOf(500), 125).offset).toBe(100);
    expect(lastPage(middleOf(500), 0).offset).toBe(0);
  });
});

const middleOf = (offset: number) => ({ ...DEFAULT_QUERY, offset });

describe('the cells of a row', () => {
  it('show the faces as the upstream counted them, and a dash for a number it did not give', () => {
    expect(facesText({ id: 2, selfie: 1 })).toBe('2 / 1');
    expect(facesText({ id: 0, selfie: null })).toBe('0 / –');
    expect(facesText({ id: null, selfie: null })).toBe('–');
  });

  it('show the similarity in either spelling of the check, and never a number that was not measured', () => {
    expect(matchText(record([{ checkType: 'face_match', similarity: 0.2149, threshold: 0.38, outcome: 'fail' }]))).toEqual({
      text: '0.21',
      detail: 'Similarity 0.2149, threshold 0.38: fail.',
    });
    expect(matchText(record([{ type: 'FACE_MATCH', status: 'PASS', confidence: 0.97 }])).text).toBe('0.97');
    expect(matchText(record([{ checkType: 'face_match', similarity: null, outcome: 'unknown', reason: 'no face' }]))).toEqual({
      text: '–',
      detail: 'No similarity was measured (no face).',
    });
    expect(matchText(record([])).text).toBe('–');
  });

  it('show the first warning and count the rest, and what is normal only where there is nothing else', () => {
    const face = (width: number) => ({
      faceId: 'face_1',
      detectionConfidence: 0.99,
      landmarks: Object.fromEntries(['nose', 'left_eye', 'right_eye', 'mouth_left', 'mouth_right'].map((name) => [name, { x: 1, y: 1 }])),
      boundingBox: { x1: 0, y1: 0, x2: width, y2: width },
    });
    const detection = (idFaces: unknown[], selfieFaces: unknown[]) => ({
      checkType: 'face_detection',
      faceCount: { id: idFaces.length, selfie: selfieFaces.length },
      idFaces,
      selfieFaces,
    });
    expect(noticedOf(record([detection([face(200)], [face(300)])]))).toBeNull();
    const ghost = noticedOf(record([detection([face(200), face(90)], [face(300)])]));
    expect(ghost).toMatchObject({ first: { kind: 'ghost-portrait', weight: 'note', label: 'ghost portrait (expected)' }, more: 0 });
    const warnings = noticedOf(record([detection([face(40), face(20)], [])]));
    expect(warnings?.first.label).toBe('no face on selfie');
    expect(warnings?.more).toBe(1);
  });
});

describe('the list of keys', () => {
  it('names every key of the registry, and a row of digits once', () => {
    for (const scope of SCOPES) {
      const shown = helpLines(scope, SHORTCUTS, { script: 'latin', typedAt: () => null });
      const digits = SHORTCUTS.filter(
        (shortcut) => shortcut.scope === scope && /^\d$/.test(shortcut.key) && shortcut.label.endsWith(shortcut.key),
      );
      const others = SHORTCUTS.filter((shortcut) => shortcut.scope === scope).length - digits.length;
      expect(shown.length).toBe(others + (digits.length > 0 ? 1 : 0));
      expect(new Set(shown.map(({ keys }) => keys)).size).toBe(shown.length);
    }
  });
});

it.each([
  ['Ana Lima', 'AL'],
  ['ana', 'A'],
  ['Ana de Sousa Lima', 'AL'],
  ['', '?'],
])('the initials of "%s" are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
