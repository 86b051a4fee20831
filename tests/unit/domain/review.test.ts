import { describe, expect, test } from 'vitest';
import type { Decision } from '@/lib/domain/decision';
import { dueAt, dueState } from '@/lib/domain/due-state';
import {
  allowedActions,
  type CaseFacts,
  decisionInForce,
  lastingState,
  NO_FACTS,
  type ReviewAction,
  reviewState,
  snoozedUntil,
  WITHDRAW_MS,
} from '@/lib/domain/review';
import { ROLES, type Role } from '@/lib/domain/roles';

const NOW = 1_000_000;
const decision = (version: number, change: Partial<Decision> = {}): Decision => ({
  id: `d${version}`,
  verificationId: 5,
  version,
  outcome: 'DECLINED',
  machineResult: 'NOT_VERIFIED',
  isOverride: false,
  reasonCodes: ['FACE_MISMATCH'],
  rationale: '',
  proposerId: 'ana',
  proposerName: 'Ana',
  decidedAt: NOW - 1000,
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
const act = (version: number) => ({ version, reason: 'because it is so', byId: 'u', byName: 'U', at: 0 });
const facts = (change: Partial<CaseFacts>): CaseFacts => ({ ...NO_FACTS, ...change });
const claimOf = (holderId: string, expiresAt = NOW + 1) => ({ holderId, holderName: holderId, claimedAt: 0, expiresAt });
const answer = (agrees: boolean) => ({ decisionId: 'd1', agrees, comment: '', approverId: 'm', approverName: 'M', approvedAt: 0 });
const may = (role: Role, id: string, of: CaseFacts, now = NOW) => allowedActions({ id, role }, of, now);

describe('the state of a case', () => {
  test.each<[string, Partial<CaseFacts>, string]>([
    ['nothing happened', {}, 'OPEN'],
    ['somebody holds it', { claim: claimOf('ana') }, 'CLAIMED'],
    ['her claim ran out', { claim: claimOf('ana', NOW) }, 'OPEN'],
    ['it sleeps', { snooze: { ...act(0), until: NOW + 1 }, claim: claimOf('ana') }, 'SNOOZED'],
    ['it woke up', { snooze: { ...act(0), until: NOW } }, 'OPEN'],
    ['a manager shall look', { escalation: act(0), claim: claimOf('ana') }, 'ESCALATED'],
    ['it was decided', { decisions: [decision(1)], escalation: act(0), snooze: { ...act(0), until: NOW + 1 } }, 'RESOLVED'],
    ['a second person has to agree', { decisions: [decision(1, { secondPerson: 'why' })] }, 'PENDING_SECOND_REVIEW'],
    ['she agreed', { decisions: [decision(1, { secondPerson: 'why', approval: answer(true) })] }, 'RESOLVED'],
    ['she disagreed', { decisions: [decision(1, { secondPerson: 'why', approval: answer(false) })] }, 'REOPENED'],
    ['it was reopened', { decisions: [decision(1)], reopening: act(1) }, 'REOPENED'],
    ['it was decided again', { decisions: [decision(1), decision(2)], reopening: act(1) }, 'RESOLVED'],
    ['the decision was taken back', { decisions: [decision(1, { withdrawnAt: NOW })] }, 'OPEN'],
    ['what was before comes back', { decisions: [decision(1), decision(2, { withdrawnAt: NOW })] }, 'RESOLVED'],
    ['reopened comes back too', { decisions: [decision(1), decision(2, { withdrawnAt: NOW })], reopening: act(1) }, 'REOPENED'],
  ])('%s: %j', (_name, change, state) => {
    expect(reviewState(facts(change), NOW)).toBe(state);
  });

  test('the decision in force is the newest that stands and that nobody has to agree to any more', () => {
    const first = decision(1);
    expect(decisionInForce(facts({ decisions: [first, decision(2, { withdrawnAt: NOW })] }))).toBe(first);
    expect(decisionInForce(facts({ decisions: [first, decision(2, { secondPerson: 'why' })] }))).toBeNull();
    expect(decisionInForce(facts({ decisions: [first], reopening: act(1) }))).toBeNull();
  });

  test('a withdrawal brings a sleep back that the decision had ended', () => {
    const asleep = { snooze: { ...act(0), until: NOW + 1 } };
    expect(snoozedUntil(facts({ ...asleep, decisions: [decision(1)] }), NOW)).toBeNull();
    expect(snoozedUntil(facts({ ...asleep, decisions: [decision(1, { withdrawnAt: NOW })] }), NOW)).toBe(NOW + 1);
    expect(lastingState(facts(asleep))).toBe('OPEN');
  });
});

describe('what may happen next', () => {
  test('auditors and admins do nothing to any case', () => {
    for (const of of [NO_FACTS, facts({ decisions: [decision(1)] }), facts({ claim: claimOf('ana'), escalation: act(0) })])
      for (const role of ROLES.filter((other) => other === 'auditor' || other === 'admin'))
        expect(may(role, 'ana', of)).toEqual(of.claim ? ['release'] : []);
  });

  test('a case somebody else holds can be taken over by a manager, and worked on by nobody else', () => {
    const held = facts({ claim: claimOf('ana') });
    const working: ReviewAction[] = ['decide', 'claim', 'skip', 'snooze', 'escalate', 'release'];
    for (const role of ['analyst', 'manager'] as const)
      expect(working.filter((action) => may(role, 'marek', held).includes(action))).toEqual([]);
    expect(may('manager', 'marek', held)).toContain('take-over');
    expect(may('analyst', 'marek', held)).not.toContain('take-over');
    expect(may('analyst', 'ana', held)).toEqual(expect.arrayContaining(['decide', 'claim', 'skip', 'snooze', 'escalate', 'release']));
    expect(may('analyst', 'marek', held, NOW + 1)).toContain('decide');
  });

  test('giving cases away and taking escalations back is for managers', () => {
    const escalated = facts({ escalation: act(0) });
    expect(may('manager', 'm', escalated)).toEqual(expect.arrayContaining(['assign', 'lift-escalation']));
    expect(may('analyst', 'ana', escalated)).not.toContain('assign');
    expect(may('analyst', 'ana', escalated)).not.toContain('lift-escalation');
    expect(may('manager', 'm', escalated)).not.toContain('escalate');
  });

  test('a resolved case is reopened, not skipped; an open one the other way round', () => {
    const resolved = may('analyst', 'marek', facts({ decisions: [decision(1)] }));
    expect(resolved).toContain('reopen');
    expect(resolved).not.toContain('skip');
    expect(may('analyst', 'marek', NO_FACTS)).toContain('skip');
    expect(may('analyst', 'marek', NO_FACTS)).not.toContain('reopen');
  });

  test('only the one who decided takes it back, for ten seconds, while it is the newest word and unanswered', () => {
    const decided = facts({ decisions: [decision(1, { decidedAt: NOW })] });
    expect(may('analyst', 'ana', decided, NOW + WITHDRAW_MS)).toContain('withdraw');
    expect(may('analyst', 'ana', decided, NOW + WITHDRAW_MS + 1)).not.toContain('withdraw');
    expect(may('manager', 'marek', decided)).not.toContain('withdraw');
    const twice = [decision(1, { decidedAt: NOW }), decision(2, { decidedAt: NOW, withdrawnAt: NOW })];
    expect(may('analyst', 'ana', facts({ decisions: twice }))).not.toContain('withdraw');
    const answered = decision(1, { decidedAt: NOW, secondPerson: 'why', approval: answer(true) });
    expect(may('analyst', 'ana', facts({ decisions: [answered] }))).not.toContain('withdraw');
  });
});

describe('when a case is due', () => {
  const hour = 3_600_000;
  test('it is soon in the last quarter of its time and overdue from the moment on', () => {
    expect(dueAt(0, 24)).toBe(24 * hour);
    expect(dueState(0, 24, 18 * hour)).toBe('ok');
    expect(dueState(0, 24, 18 * hour + 1)).toBe('soon');
    expect(dueState(0, 24, 24 * hour - 1)).toBe('soon');
    expect(dueState(0, 24, 24 * hour)).toBe('overdue');
  });

  test('an unknown arrival never passes as in time', () => {
    expect(dueAt(null, 24)).toBeNull();
    expect(dueState(null, 24, 0)).toBe('overdue');
  });
});
