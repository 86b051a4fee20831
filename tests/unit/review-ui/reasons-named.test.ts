import { expect, test } from 'vitest';
import { reasonsNamed } from '@/components/review/reasons-named';
import { reasonCodesFor } from '@/lib/domain/reason-codes';

const codes = reasonCodesFor('NOT_VERIFIED', 'DECLINED');

test('a reason is found by the words of its name, its code or its guideline, those that begin so first', () => {
  expect(reasonsNamed('forg', codes)[0]).toBe('ID_FORGED');
  expect(reasonsNamed('PRESENTATION_ATT', codes)).toEqual(['PRESENTATION_ATTACK']);
  expect(reasonsNamed('moiré', codes)).toEqual(['PRESENTATION_ATTACK']);
  expect(reasonsNamed('id exp', codes)[0]).toBe('ID_EXPIRED');
  expect(reasonsNamed('face', codes)[0]).toMatch(/^FACE_/);
});

test('nothing typed leaves all reasons in their order, and nonsense leaves none', () => {
  expect(reasonsNamed('  ', codes)).toEqual(codes);
  expect(reasonsNamed('qqq', codes)).toEqual([]);
});
