import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSamePerson } from '@/lib/domain/person';
import { DEFAULT_POLICY, isDrawnForQa, type Policy, policyAt, policySettings, secondPersonReason } from '@/lib/domain/policy';

const customer = { name: 'customerId', value: '9999' };

describe('the four-eyes rule', () => {
  test('asks for a second reviewer for every approval that overrides the automated result, by default for nothing else', () => {
    expect(policySettings.safeParse(DEFAULT_POLICY).success).toBe(true);
    expect(secondPersonReason(DEFAULT_POLICY, { outcome: 'APPROVED', isOverride: true, tags: [] })).toMatch(/second reviewer/);
    expect(secondPersonReason(DEFAULT_POLICY, { outcome: 'DECLINED', isOverride: true, tags: [] })).toBeNull();
    expect(secondPersonReason(DEFAULT_POLICY, { outcome: 'APPROVED', isOverride: false, tags: [customer] })).toBeNull();
  });

  test('asks one for whatever is decided on a case with a tag the policy names, value and all', () => {
    const settings = { ...DEFAULT_POLICY, fourEyes: { ...DEFAULT_POLICY.fourEyes, tags: [customer] } };
    expect(secondPersonReason(settings, { outcome: 'DECLINED', isOverride: false, tags: [customer] })).toContain('customerId = 9999');
    expect(secondPersonReason(settings, { outcome: 'DECLINED', isOverride: false, tags: [{ ...customer, value: '999' }] })).toBeNull();
  });
});

test('what the rule was on a day is found by its range: the end belongs to the next version', () => {
  const version = (number: number, validFrom: number, validTo: number | null): Policy => ({
    version: number,
    validFrom,
    validTo,
    settings: DEFAULT_POLICY,
    reason: '',
    byName: '',
  });
  const all = [version(1, 100, 200), version(2, 200, null)];
  expect([50, 100, 199, 200, 9e12].map((at) => policyAt(all, at)?.version ?? null)).toEqual([null, 1, 1, 2, 2]);
});

test('the draw for a blind second look takes about the share it should, none at 0 and all at 100 percent', () => {
  const ids = Array.from({ length: 4000 }, () => randomUUID());
  const drawn = (share: number) => ids.filter((id) => isDrawnForQa(id, share)).length;
  expect(drawn(0)).toBe(0);
  expect(drawn(100)).toBe(4000);
  expect(drawn(10)).toBeGreaterThan(250);
  expect(drawn(10)).toBeLessThan(550);
});

test('one person is recognised behind two accounts by mailbox or by subject at the provider, never by name alone', () => {
  const ana = { id: '1', email: 'ana@bank.test', oidcSubject: 'https://id.test|7' };
  expect(isSamePerson(ana, { id: '2', email: 'Ana+second@bank.test', oidcSubject: null })).toBe(true);
  expect(isSamePerson(ana, { id: '2', email: 'other@bank.test', oidcSubject: 'https://id.test|7' })).toBe(true);
  expect(isSamePerson(ana, { id: '2', email: 'ana@other.test', oidcSubject: 'https://id.test|8' })).toBe(false);
  expect(isSamePerson({ ...ana, oidcSubject: null }, { id: '2', email: 'bo@bank.test', oidcSubject: null })).toBe(false);
});
