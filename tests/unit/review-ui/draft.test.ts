import { describe, expect, test } from 'vitest';
import {
  acknowledge,
  attemptOf,
  type CaseDraft,
  chooseOutcome,
  EMPTY_DRAFT,
  isStale,
  judgeFeature,
  noteAttemptOf,
  readDraft,
  toggleReason,
  withoutDecision,
  writeDraft,
} from '@/components/review/draft';

const declined: CaseDraft = { ...EMPTY_DRAFT, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: 'Ears differ.', version: 2 };

function keys() {
  let count = 0;
  return () => `key-${++count}`;
}

describe('the draft of a case', () => {
  test('survives being kept and read back', () => {
    expect(readDraft(writeDraft(declined))).toEqual(declined);
  });

  test.each(['{', 'null', '{"outcome":"EXECUTED"}', '[]'])('reads %s as nothing begun', (text) => {
    expect(readDraft(text)).toEqual(EMPTY_DRAFT);
  });

  test('is not kept once there is nothing in it', () => {
    expect(writeDraft(EMPTY_DRAFT)).toBeNull();
    expect(writeDraft({ ...EMPTY_DRAFT, note: 'Call back.' })).not.toBeNull();
  });

  test('keeps its text and fitting reasons when another outcome is chosen, and drops those that do not fit', () => {
    const again = chooseOutcome({ ...declined, reasonCodes: ['FACE_MISMATCH', 'OTHER'] }, 'APPROVED', 'NOT_VERIFIED', 5);
    expect(again).toMatchObject({ outcome: 'APPROVED', reasonCodes: ['OTHER'], rationale: 'Ears differ.', version: 2 });
  });

  test('takes at most five reasons, and gives back one that is chosen twice', () => {
    const codes = ['ID_FORGED', 'ID_EXPIRED', 'UNDERAGE', 'KNOWN_FRAUD', 'ID_DAMAGED'] as const;
    const full = codes.reduce(toggleReason, declined);
    expect(full.reasonCodes).toHaveLength(5);
    expect(toggleReason(full, 'FACE_MISMATCH').reasonCodes).not.toContain('FACE_MISMATCH');
  });

  test('keeps what was said of features before any outcome is chosen, reads a draft older than them, and sends them as content', () => {
    const judged = judgeFeature(judgeFeature(EMPTY_DRAFT, 'nose', 'different'), 'ears', 'unclear');
    expect(readDraft(writeDraft(judged)).features).toEqual({ nose: 'different', ears: 'unclear' });
    expect(writeDraft(judgeFeature(judgeFeature(judged, 'nose', undefined), 'ears', undefined))).toBeNull();
    const { features: _, ...older } = declined;
    expect(readDraft(JSON.stringify(older))).toEqual(declined);
    const newKey = keys();
    const attempt = attemptOf(declined, newKey);
    expect(attemptOf({ ...judgeFeature(declined, 'nose', 'different'), attempt }, newKey).key).not.toBe(attempt.key);
  });

  test('loses its decision once that is stored, and never the note', () => {
    expect(withoutDecision({ ...declined, note: 'Call back.' })).toEqual({ ...EMPTY_DRAFT, note: 'Call back.' });
  });

  test('is stale when others decided since it was begun, until that is taken note of', () => {
    expect(isStale(declined, 2)).toBe(false);
    expect(isStale(declined, 3)).toBe(true);
    expect(isStale(acknowledge(declined, 3), 3)).toBe(false);
    expect(isStale({ ...EMPTY_DRAFT, note: 'x' }, 3)).toBe(false);
  });
});

describe('sending a decision', () => {
  test('sends the same content again under the same key and version, so that a lost answer cannot decide twice', () => {
    const newKey = keys();
    const attempt = attemptOf(declined, newKey);
    const reloaded = readDraft(writeDraft({ ...declined, attempt }));
    expect(attemptOf({ ...reloaded, version: 3 }, newKey)).toEqual(attempt);
    expect(isStale(reloaded, 3)).toBe(false);
  });

  test('does the same for a note', () => {
    const newKey = keys();
    const noteAttempt = noteAttemptOf({ ...EMPTY_DRAFT, note: ' Call back. ' }, newKey);
    expect(noteAttempt).toEqual({ key: 'key-1', text: 'Call back.' });
    expect(noteAttemptOf({ ...EMPTY_DRAFT, note: 'Call back.', noteAttempt }, newKey).key).toBe('key-1');
    expect(noteAttemptOf({ ...EMPTY_DRAFT, note: 'Call her back.', noteAttempt }, newKey).key).toBe('key-2');
  });

  test('gives changed content a key of its own', () => {
    const newKey = keys();
    const attempt = attemptOf(declined, newKey);
    expect(attemptOf({ ...declined, attempt, rationale: 'Nose differs.' }, newKey).key).not.toBe(attempt.key);
  });

  test('gives a decision on top of another one a key of its own', () => {
    const newKey = keys();
    const attempt = attemptOf(declined, newKey);
    const next = attemptOf(acknowledge({ ...declined, attempt }, 3), newKey);
    expect(next).toMatchObject({ version: 3 });
    expect(next.key).not.toBe(attempt.key);
  });
});
