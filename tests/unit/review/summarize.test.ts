import { describe, expect, test } from 'vitest';
import type { Decision } from '@/lib/domain/decision';
import { NO_FACTS } from '@/lib/domain/review';
import { summarize } from '@/lib/review/summarize';

const decision = (version: number, change: Partial<Decision> = {}): Decision => ({
  id: `d${version}`,
  verificationId: 5,
  version,
  outcome: 'DECLINED',
  machineResult: 'NOT_VERIFIED',
  isOverride: false,
  reasonCodes: ['FACE_MISMATCH'],
  rationale: '',
  proposerId: 'u1',
  proposerName: 'Ana',
  decidedAt: version * 1000,
  idSha256: null,
  selfieSha256: null,
  snapshotHash: 'a'.repeat(64),
  policyVersion: 0,
  secondPerson: null,
  approval: null,
  withdrawnAt: null,
  claimedAt: null,
  ...change,
});

describe('a case in short', () => {
  test('is open at version 0 until somebody decides, however many notes it has', () => {
    expect(summarize(5, NO_FACTS, 3, 9000)).toEqual({
      verificationId: 5,
      state: 'OPEN',
      version: 0,
      notes: 3,
      decision: null,
      claim: null,
      snoozedUntil: null,
      assignee: null,
      escalated: null,
      withdrawable: null,
    });
  });

  test('shows the decision with the highest version, in whatever order they come', () => {
    const later = decision(2, { outcome: 'APPROVED', isOverride: true, proposerName: 'Marek' });
    const expected = { state: 'RESOLVED', version: 2, decision: { outcome: 'APPROVED', isOverride: true, by: 'Marek', at: 2000 } };
    expect(summarize(5, { ...NO_FACTS, decisions: [decision(1), later] }, 0, 9000)).toMatchObject(expected);
    expect(summarize(5, { ...NO_FACTS, decisions: [later, decision(1)] }, 0, 9000)).toMatchObject(expected);
  });
});
