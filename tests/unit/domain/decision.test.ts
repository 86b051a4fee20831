import { describe, expect, test } from 'vitest';
import { checkDecision, type DecisionInput, decisionInput } from '@/lib/domain/decision';
import { DECISION_OUTCOMES, isOverride, REASON_CODE_NAMES, REASON_CODES, reasonCodesFor } from '@/lib/domain/reason-codes';
import { Refusal } from '@/lib/domain/refusal';

const input = (change: Partial<DecisionInput>): DecisionInput => ({
  version: 0,
  outcome: 'DECLINED',
  reasonCodes: [],
  rationale: '',
  ...change,
});
const why = 'The same scar over the left eye.';

function refusedField(machineResult: 'VERIFIED' | 'NOT_VERIFIED', change: Partial<DecisionInput>): string | undefined {
  try {
    checkDecision(machineResult, input(change));
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unprocessable') return error.field;
    throw error;
  }
  return undefined;
}

describe('reason codes', () => {
  test('an override is a decision that contradicts the machine', () => {
    expect(isOverride('NOT_VERIFIED', 'APPROVED')).toBe(true);
    expect(isOverride('VERIFIED', 'DECLINED')).toBe(true);
    expect(isOverride('VERIFIED', 'RESUBMISSION_REQUESTED')).toBe(true);
    expect(isOverride('VERIFIED', 'APPROVED')).toBe(false);
    expect(isOverride('NOT_VERIFIED', 'DECLINED')).toBe(false);
  });

  test('each stands only beside its outcomes, and OTHER beside every outcome that asks for reasons', () => {
    expect(reasonCodesFor('VERIFIED', 'APPROVED')).toEqual([]);
    expect(reasonCodesFor('NOT_VERIFIED', 'APPROVED')).toContain('GHOST_PORTRAIT_MISCOUNT');
    expect(reasonCodesFor('NOT_VERIFIED', 'APPROVED')).not.toContain('FACE_MISMATCH');
    expect(reasonCodesFor('VERIFIED', 'DECLINED')).toContain('FACE_MISMATCH');
    expect(reasonCodesFor('VERIFIED', 'DECLINED')).not.toContain('GHOST_PORTRAIT_MISCOUNT');
    for (const outcome of DECISION_OUTCOMES) expect(reasonCodesFor('NOT_VERIFIED', outcome)).toContain('OTHER');
  });

  test('each has a label and says what a reviewer should have seen', () => {
    for (const name of REASON_CODE_NAMES) {
      expect(REASON_CODES[name].label).not.toBe('');
      expect(REASON_CODES[name].guideline).toMatch(/\.$/);
    }
  });
});

describe('the rule of a decision', () => {
  test('confirming the machine’s "verified" needs neither reason nor words', () => {
    expect(checkDecision('VERIFIED', input({ outcome: 'APPROVED' }))).toEqual({ isOverride: false });
  });

  test('declining always needs a reason', () => {
    expect(refusedField('NOT_VERIFIED', {})).toBe('reasonCodes');
    expect(checkDecision('NOT_VERIFIED', input({ reasonCodes: ['FACE_MISMATCH'] }))).toEqual({ isOverride: false });
  });

  test('an override needs a reason and a rationale', () => {
    expect(refusedField('NOT_VERIFIED', { outcome: 'APPROVED', rationale: why })).toBe('reasonCodes');
    expect(refusedField('NOT_VERIFIED', { outcome: 'APPROVED', reasonCodes: ['UPSTREAM_ERROR'] })).toBe('rationale');
    expect(refusedField('VERIFIED', { reasonCodes: ['FACE_MISMATCH'], rationale: 'too short' })).toBe('rationale');
    expect(checkDecision('VERIFIED', input({ reasonCodes: ['FACE_MISMATCH'], rationale: why }))).toEqual({ isOverride: true });
  });

  test('a reason of another outcome is refused', () => {
    expect(refusedField('NOT_VERIFIED', { outcome: 'APPROVED', reasonCodes: ['FACE_MISMATCH'], rationale: why })).toBe('reasonCodes');
    expect(refusedField('VERIFIED', { outcome: 'APPROVED', reasonCodes: ['OTHER'], rationale: why })).toBe('reasonCodes');
  });

  test('OTHER has to say what', () => {
    expect(refusedField('NOT_VERIFIED', { reasonCodes: ['OTHER'] })).toBe('rationale');
  });
});

describe('what a reviewer sends', () => {
  test.each([
    ['version', { version: -1 }],
    ['version', { version: 1.5 }],
    ['version', { version: undefined }],
    ['outcome', { outcome: 'MAYBE' }],
    ['reasonCodes', { reasonCodes: ['FACE_MISMATCH', 'NOSE'] }],
    ['reasonCodes', { reasonCodes: Array(6).fill('OTHER') }],
    ['rationale', { rationale: 'x'.repeat(4001) }],
    ['rationale', { rationale: 'zero \0 inside' }],
    ['rationale', { rationale: 'half \ud83d' }],
  ])('is refused for its %s: %j', (field, change) => {
    const parsed = decisionInput.safeParse({ ...input({}), ...change });
    expect(parsed.error?.issues[0]?.path[0]).toBe(field);
  });

  test('is trimmed, and keeps whole emoji', () => {
    expect(decisionInput.parse(input({ rationale: `  ${why} 🧑 ` })).rationale).toBe(`${why} 🧑`);
  });

  test('may name nothing else, so that nobody sends a machine result of her own', () => {
    expect(decisionInput.safeParse({ ...input({}), machineResult: 'VERIFIED' }).success).toBe(false);
  });
});
