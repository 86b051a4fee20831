import { describe, expect, test } from 'vitest';
import { timelineEntries } from '@/components/audit/timeline-entries';
import { backHref, caseHref, gridBehind, tagHref } from '@/components/review/case-url';
import { checkSentence, checkTitle, meterOf } from '@/components/review/check-text';
import type { AuditEvent } from '@/lib/domain/audit-event';
import type { TechnicalCheck } from '@/lib/domain/verification';

function check(parts: Partial<TechnicalCheck>): TechnicalCheck {
  return {
    kind: 'face_match',
    known: true,
    outcome: 'fail',
    measure: { value: null, threshold: null },
    frameTimeMs: null,
    reason: null,
    raw: {},
    ...parts,
  };
}

const NO_COUNTS = { id: null, selfie: null };

describe('a check in words', () => {
  test('says what was measured, under the name the upstream gave it, and what was needed', () => {
    const match = check({ measure: { value: 0.21, threshold: 0.38 }, raw: { similarity: 0.21 } });
    expect(checkSentence(match, NO_COUNTS)).toBe('similarity 0.21, needed 0.38');
  });

  test('never shows a value and its threshold as the same number when they differ', () => {
    const near = check({ measure: { value: 0.37998, threshold: 0.38 }, raw: { similarity: 0.37998 } });
    expect(checkSentence(near, NO_COUNTS)).toBe('similarity 0.37998, needed 0.38');
  });

  test('never rounds a value up to certainty', () => {
    const sure = check({ measure: { value: 0.99983, threshold: 0.5 }, raw: { score: 0.99983 } });
    expect(checkSentence(sure, NO_COUNTS)).toBe('score 0.9998, needed 0.5');
  });

  test('an unknown kind keeps the upstream’s own word', () => {
    expect(checkTitle(check({ kind: 'VOICE_PRINT', known: false }))).toBe('VOICE_PRINT');
    expect(checkTitle(check({ kind: 'FACE_MATCH' }))).toBe('Face match');
  });

  test('counts that are missing are called unknown, not none', () => {
    expect(checkSentence(check({ kind: 'face_detection' }), { id: 2, selfie: null })).toBe('2 on the ID, an unknown number on the selfie');
  });

  test('a value on another scale than 0 to 1 gets no bar, a negative similarity an empty one', () => {
    expect(meterOf(check({ measure: { value: 98.2, threshold: 90 } }))).toBeNull();
    expect(meterOf(check({ measure: { value: -0.1, threshold: 0.38 } }))).toEqual({ value: 0, threshold: 0.38 });
  });
});

describe('the way through cases', () => {
  test('keeps the grid’s filter and columns, and moves to the page the neighbour is on', () => {
    const address = 'source=live&limit=50&offset=0&sortBy=verified&direction=asc&tagFilter=customerId%3D9%3D9&columns=id%2Cresult';
    const grid = gridBehind(new URLSearchParams(address));
    expect(grid && caseHref(7, grid, 50)).toBe(`/verifications/7?${address.replace('offset=0', 'offset=50')}`);
    expect(backHref(grid)).toBe(`/verifications?${address}`);
  });

  test('under the index there are no pages to move to', () => {
    const address = 'source=index&result=NOT_VERIFIED&tag=a%253D=b&sortBy=confidence';
    const grid = gridBehind(new URLSearchParams(address));
    expect(grid?.source).toBe('index');
    expect(grid && caseHref(7, grid, 0).split('?')[1]).toBe(backHref(grid).split('?')[1]);
  });

  test('an address that cannot be read leads back to the plain grid', () => {
    expect(backHref(gridBehind(new URLSearchParams('limit=1e9')))).toBe('/verifications');
    expect(backHref(gridBehind(new URLSearchParams()))).toBe('/verifications');
  });

  test('a tag leads to everything that bears it', () => {
    expect(tagHref({ name: 'a', value: 'b=c&d' })).toBe('/verifications?source=index&tag=a%3Db%253Dc%2526d');
  });
});

describe('the timeline', () => {
  const by = { actorId: 'a', actorName: 'Ana', actorRole: 'analyst', subject: 'verification:1' };
  const viewed = (seq: number, file: string, actorId = 'a'): AuditEvent => ({
    ...by,
    actorId,
    seq,
    at: seq,
    action: 'evidence.viewed',
    data: { file },
  });

  test('is newest first, with files one person opened in a row on one line', () => {
    const noted: AuditEvent = { ...by, seq: 3, at: 3, action: 'note.added', data: { noteId: 'n', text: 'Look again.' } };
    const events = [viewed(1, 'id.jpg'), viewed(2, 'selfie.jpg'), noted, viewed(4, 'id.jpg'), viewed(5, 'id.jpg', 'b')];
    expect(timelineEntries(events).map(({ at, sentence }) => [at, sentence])).toEqual([
      [5, 'opened id.jpg'],
      [4, 'opened id.jpg'],
      [3, 'noted: Look again.'],
      [2, 'opened id.jpg and selfie.jpg'],
    ]);
  });
});
