import { describe, expect, test } from 'vitest';
import { AUDIT_ACTIONS, AUDIT_KINDS, auditSentence, type NewAuditEvent } from '@/lib/domain/audit-event';

const decision = {
  decisionId: 'd1',
  version: 1,
  outcome: 'APPROVED',
  isOverride: true,
  machineResult: 'NOT_VERIFIED',
  reasonCodes: ['FALSE_REJECT_QUALITY'],
  rationale: 'Same ears.',
  idSha256: null,
  selfieSha256: null,
  snapshotHash: 'a'.repeat(64),
} as const;

const exported = { exportId: 'e1', kind: 'audit-log', format: 'csv', query: 'from=2026-01-01' };

const what = 'lift the legal hold on case 5';

const EVENTS: NewAuditEvent[] = [
  { action: 'session.started', subject: 'session:s1', data: { provider: 'password' } },
  { action: 'session.refused', subject: 'user:unknown', data: { email: 'x@example.test', reason: 'unknown-user' } },
  { action: 'session.replaced', subject: 'session:s1', data: { userId: 'u1' } },
  { action: 'session.ended', subject: 'session:s1', data: {} },
  { action: 'evidence.viewed', subject: 'verification:5', data: { file: 'v_id_5_passport.jpg' } },
  { action: 'verification.submitting', subject: 'submission:s1', data: { submission: 's1' } },
  { action: 'verification.submitted', subject: 'verification:5', data: { submission: 's1', idFileName: 'a.jpg', selfieFileName: 'b.jpg' } },
  { action: 'note.added', subject: 'verification:5', data: { noteId: 'n1', text: 'Look again.' } },
  { action: 'decision.made', subject: 'verification:5', data: { ...decision, reasonCodes: [...decision.reasonCodes] } },
  { action: 'claim.taken', subject: 'verification:5', data: { expiresAt: 1, fromQueue: true } },
  { action: 'claim.released', subject: 'verification:5', data: {} },
  { action: 'claim.taken-over', subject: 'verification:5', data: { fromId: 'u1', fromName: 'Ana' } },
  { action: 'case.skipped', subject: 'verification:5', data: { reason: 'I know this person' } },
  { action: 'case.snoozed', subject: 'verification:5', data: { until: 0, reason: '' } },
  { action: 'case.escalated', subject: 'verification:5', data: { reason: 'A politician', batchId: 'b1' } },
  { action: 'case.de-escalated', subject: 'verification:5', data: { reason: '' } },
  { action: 'case.reopened', subject: 'verification:5', data: { version: 1, reason: 'The customer complained' } },
  { action: 'case.assigned', subject: 'verification:5', data: { assigneeId: 'u1', assigneeName: 'Ana' } },
  { action: 'decision.withdrawn', subject: 'verification:5', data: { decisionId: 'd1', version: 1 } },
  { action: 'view.saved', subject: 'view:v1', data: { viewId: 'v1', name: 'Mine', query: 'state=OPEN', shared: true } },
  { action: 'view.archived', subject: 'view:v1', data: { viewId: 'v1', name: 'Mine' } },
  { action: 'queue.granted', subject: 'user:u2', data: { reviewerId: 'u2', reviewerName: 'Ana', viewIds: ['v1'], names: ['Mine'] } },
  { action: 'batch.run', subject: 'batch:b1', data: { batchId: 'b1', verb: 'assign', succeeded: 9, refused: 1, truncated: 0 } },
  { action: 'approval.given', subject: 'verification:5', data: { decisionId: 'd1', version: 1, comment: 'Same person.' } },
  { action: 'approval.refused', subject: 'verification:5', data: { decisionId: 'd1', version: 1, comment: 'The ears differ.' } },
  {
    action: 'qa.reviewed',
    subject: 'verification:5',
    data: { decisionId: 'd1', outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], comment: '', agrees: false },
  },
  { action: 'policy.changed', subject: 'policy:1', data: { version: 1, settings: {}, reason: 'The audit asked for it.' } },
  { action: 'user.added', subject: 'user:u1', data: { email: 'x@example.test', role: 'analyst' } },
  { action: 'user.role-changed', subject: 'user:u1', data: { email: 'x@example.test', from: 'analyst', to: 'manager' } },
  { action: 'user.disabled', subject: 'user:u1', data: { email: 'x@example.test' } },
  { action: 'user.approver-left', subject: 'user:u1', data: { email: 'x@example.test', via: 'command-line' } },
  { action: 'user.enabled', subject: 'user:u1', data: { email: 'x@example.test' } },
  { action: 'user.sessions-ended', subject: 'user:u1', data: { email: 'x@example.test', sessions: 2 } },
  { action: 'hold.placed', subject: 'verification:5', data: { reason: 'Court order 4 C 17/26' } },
  { action: 'hold.lifted', subject: 'verification:5', data: { reason: 'The case is over' } },
  {
    action: 'case.erased',
    subject: 'verification:5',
    data: { runId: 'r1', rule: 'RETENTION', reason: '', policyVersion: 2, retentionDays: 1826, counts: { notes: 1 } },
  },
  { action: 'erasure.run', subject: 'erasure:r1', data: { runId: 'r1', rule: 'REQUEST', erased: 3, refused: 1 } },
  {
    action: 'evidence.changed',
    subject: 'verification:5',
    data: { file: 'v_id_5_passport.jpg', beforeSha256: 'a'.repeat(64), afterSha256: 'b'.repeat(64) },
  },
  {
    action: 'evidence.first-seen',
    subject: 'verification:5',
    data: { file: 'v_id_5_passport.jpg', sha256: 'a'.repeat(64), size: 48_211 },
  },
  {
    action: 'record.changed',
    subject: 'verification:5',
    data: { decisionId: 'd1', version: 2, beforeSha256: 'a'.repeat(64), afterSha256: null },
  },
  { action: 'evidence.loss-reviewed', subject: 'verification:5', data: { file: 'v_id_5_passport.jpg', named: false } },
  { action: 'evidence.lost', subject: 'verification:5', data: { file: 'v_id_5_passport.jpg', problem: 'http-404' } },
  { action: 'evidence.restored', subject: 'verification:5', data: { file: 'v_id_5_passport.jpg' } },
  {
    action: 'evidence.acknowledged',
    subject: 'verification:5',
    data: { file: 'v_id_5_passport.jpg', reason: 'Restored from a backup', originalSha256: 'a'.repeat(64), otherSha256: ['b'.repeat(64)] },
  },
  { action: 'evidence.revealed', subject: 'verification:5', data: {} },
  { action: 'preference.changed', subject: 'user:u1', data: { alwaysBlur: true, blurPx: 32, greyscale: null } },
  { action: 'keys.changed', subject: 'user:u1', data: { changed: 2 } },
  {
    action: 'connection.coordinates-set',
    subject: 'connection:coordinates',
    data: { address: 'https://api.example.com', from: 'per-picture', to: 'stored' },
  },
  { action: 'export.created', subject: 'export:e1', data: { ...exported } },
  {
    action: 'export.finished',
    subject: 'export:e1',
    data: { ...exported, rows: 5, bytes: 100, headSeq: 9, manifestSha256: 'a'.repeat(64) },
  },
  { action: 'export.refused', subject: 'export:e1', data: { ...exported, reason: 'The log is not the one that was signed.' } },
  { action: 'export.cancelled', subject: 'export:e1', data: { ...exported } },
  { action: 'export.downloaded', subject: 'export:e1', data: { ...exported } },
  { action: 'export.removed', subject: 'export:e1', data: { ...exported, verificationId: 5 } },
  { action: 'user.password-changed', subject: 'user:u1', data: { email: 'x@example.test' } },
  {
    action: 'rows.reconciled',
    subject: 'log:rows',
    data: { first: { seq: 7, table: 'qa_review', id: 'q1', fault: 'changed' }, differences: 2 },
  },
  {
    action: 'log.restored',
    subject: 'log:audit',
    data: { lost: { from: 127, to: 132 }, reason: 'The disk failed', osUser: 'root (sudo by ana)' },
  },
  {
    action: 'key.rotated',
    subject: `key:${'5'.repeat(64)}`,
    data: { keyId: 'a'.repeat(16), publicKey: 'b'.repeat(64), previousKeyId: 'c'.repeat(16) },
  },
  { action: 'user.provider-bound', subject: 'user:u', data: { email: 'a@b.test', passwordRemoved: true } },
  { action: 'user.credential-changed', subject: 'user:u', data: { kind: 'PASSWORD' } },
  { action: 'password.changed', subject: 'user:u', data: { email: 'a@b.test', wasGiven: true, sessions: 2 } },
  { action: 'password.refused', subject: 'user:u', data: { email: 'a@b.test', reason: 'locked' } },
  { action: 'case.viewed', subject: 'verification:5', data: {} },
  {
    action: 'search.run',
    subject: 'records:index',
    data: { source: 'index', query: 'state=OPEN&tag=customerId%253D4711', rows: 50, count: 10_000, capped: true },
  },
  { action: 'audit.read', subject: 'audit:log', data: { source: 'log', query: 'actor=Ana', rows: 100 } },
  { action: 'sync.requested', subject: 'records:index', data: {} },
  { action: 'list.viewed', subject: 'list:users', data: { list: 'users', rows: 4 } },
  {
    action: 'change.proposed',
    subject: 'change:c1',
    data: { kind: 'HOLD_LIFT', what, differences: [], ids: [5], reason: 'The court is done', takesEffectAt: 1 },
  },
  { action: 'change.approved', subject: 'change:c1', data: { kind: 'HOLD_LIFT', what, comment: '' } },
  { action: 'change.refused', subject: 'change:c1', data: { kind: 'HOLD_LIFT', what, comment: 'Not yet' } },
  { action: 'change.withdrawn', subject: 'change:c1', data: { kind: 'HOLD_LIFT', what, comment: '' } },
  {
    action: 'change.took-effect',
    subject: 'change:c1',
    data: { kind: 'HOLD_LIFT', what, approvedBy: 'Max', outcome: '1 of 1 case no longer under legal hold.' },
  },
  {
    action: 'change.lapsed',
    subject: 'change:c1',
    data: { kind: 'HOLD_LIFT', what, outcome: 'None of these cases is under legal hold any more.' },
  },
  { action: 'payload.erased', subject: 'verification:5', data: { events: [1, 2], reason: 'Five years are over' } },
  {
    action: 'payload.kept',
    subject: 'policy:3',
    data: { seq: 1, action: 'policy.changed', said: { version: 3, reason: '[text erased]' } },
  },
];

describe('audit events', () => {
  test('each kind has a payload of its own and one sentence, without a full stop', () => {
    expect(EVENTS.map(({ action }) => action).toSorted()).toEqual(AUDIT_ACTIONS.toSorted());
    for (const event of EVENTS) {
      expect(AUDIT_KINDS[event.action].payload.safeParse(event.data).success).toBe(true);
      expect(auditSentence(event)).toMatch(/^[a-z].*[\w”…]\)?\.?$/);
    }
    expect(new Set(EVENTS.map(auditSentence)).size).toBe(EVENTS.length);
  });

  test('a payload admits nothing it does not name: what is not listed cannot be recorded', () => {
    for (const { action, data } of EVENTS) expect(AUDIT_KINDS[action].payload.safeParse({ ...data, more: 1 }).success).toBe(false);
  });

  test('a search says what was asked, as a person reads it, and how much was found', () => {
    const search = (data: { query: string; count: number | null; capped: boolean }) =>
      auditSentence({ action: 'search.run', subject: 'records:index', data: { source: 'index', rows: null, ...data } });
    expect(search({ query: 'state=OPEN&tag=customerId%253D4711', count: 10_000, capped: true })).toBe(
      'searched the record index for state OPEN, tag customerId=4711, 10,000 or more found',
    );
    expect(search({ query: '', count: null, capped: false })).toBe('searched the record index without a filter');
  });

  test('tries of an address that is blocked are told by their number', () => {
    const data = { email: 'x@example.test', reason: 'address-blocked', times: 64 } as const;
    expect(auditSentence({ action: 'session.refused', subject: 'user:unknown', data })).toBe(
      'was refused a sign-in as x@example.test (address-blocked, 64 times)',
    );
  });

  test('what takes two people names the second one, or says that it came from the command line', () => {
    const data = { email: 'x@example.test', from: 'analyst', to: 'manager' } as const;
    const said = (grounds: object) => auditSentence({ action: 'user.role-changed', subject: 'user:u1', data: { ...data, ...grounds } });
    expect(said({ change: { id: 'c1', approvedBy: 'Max' } })).toMatch(/, agreed to by Max$/);
    expect(said({ change: { id: 'c1', approvedBy: null } })).toMatch(/, after nobody objected within 72 hours$/);
    expect(said({ via: 'command-line' })).toMatch(/, from the command line$/);
  });

  test('an override is called one, with its reasons', () => {
    const event = EVENTS.find(({ action }) => action === 'decision.made') as NewAuditEvent;
    expect(auditSentence(event)).toBe('decided: Approved, overriding the machine for FALSE_REJECT_QUALITY');
  });

  test('an erased one says so and invents nothing', () => {
    expect(auditSentence({ action: 'note.added', subject: 'verification:5', data: null })).toBe(
      'left an entry whose details were erased (note.added)',
    );
  });
});
