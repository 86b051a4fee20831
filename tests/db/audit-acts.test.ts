import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { endSession, startSession } from '@/lib/auth/sessions';
import { signIn } from '@/lib/auth/sign-in';
import { addUser, changeRole, disableUser, setPassword } from '@/lib/auth/users';
import { withdrawChange } from '@/lib/changes/answer-change';
import { submitPolicy } from '@/lib/changes/submit-policy';
import { db } from '@/lib/db/client';
import { type Actor, type Origin, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import { placeHold } from '@/lib/retention/place-hold';
import { addNote } from '@/lib/review/add-note';
import { assignCase } from '@/lib/review/assign-case';
import { changePolicy } from '@/lib/review/change-policy';
import { claimCase } from '@/lib/review/claim-case';
import { checkCase } from '@/lib/review/evidence/case-evidence';
import { nextCase } from '@/lib/review/next-case';
import { currentPolicy } from '@/lib/review/policies';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { releaseClaim } from '@/lib/review/release-claim';
import { reopenCase } from '@/lib/review/reopen-case';
import { revealEvidence } from '@/lib/review/reveal-evidence';
import { takeOverClaim } from '@/lib/review/take-over-claim';
import { withdrawDecision } from '@/lib/review/withdraw-decision';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, NOTHING_SHOWN, person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { approve, decide } from '../helpers/verdicts';

const ORIGIN: Origin = { requestId: 'r-1', ip: '192.0.2.7', userAgent: 'Browser 1' };
const PASSWORD = 'a password of some length';
const CASE = 5;
/** Nobody draws it: it is not in the index. */
const OTHER = 50;

/** The command line, which needs no second person. */
const shell: Actor = { ...SYSTEM_ACTOR, origin: ORIGIN };

let database: TestDatabase;
let upstream: RecordUpstream;
let pool: Pool;
let ana: Actor;
let marek: Actor;
let adi: Actor;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url, max: 2 });
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false }));
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent', PASSWORD_COST: '10' });
  [ana, marek, adi] = [
    { ...(await person('Ana', 'analyst')), origin: ORIGIN },
    { ...(await person('Marek', 'manager')), origin: ORIGIN },
    { ...(await person('Adi', 'admin')), origin: ORIGIN },
  ];
  await setPassword(SYSTEM_ACTOR, ana.email, PASSWORD);
  await fillIndex(CASE, CASE + 3);
  // This upstream has records and no files: that they are lost is known and recorded before any act looks at them.
  await refreshRecord(CASE);
  await checkCase(SYSTEM_ACTOR, CASE, {});
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await pool.end();
  await db().$disconnect();
  await database.drop();
});

/** Every act the log must hold, in an order in which each can be done, with the event it leaves. */
const ACTS: [act: string, action: string, run: () => Promise<unknown>, by: () => Actor][] = [
  ['a log-in', 'session.started', () => startSession(ORIGIN, ana.id, 'password'), () => ana],
  ['a log-out', 'session.ended', async () => endSession(ORIGIN, (await aSession(marek)).id), () => marek],
  [
    'a log-in over another session of the browser',
    'session.replaced',
    async () => startSession(ORIGIN, ana.id, 'password', (await aSession(marek)).id),
    () => ana,
  ],
  ['a view of evidence', 'evidence.viewed', () => recordEvidenceView(ana, 'v_id_5_passport.jpg'), () => ana],
  ['a reveal', 'evidence.revealed', () => revealEvidence(ana, CASE), () => ana],
  ['a claim', 'claim.taken', () => claimCase(ana, CASE), () => ana],
  ['a claim taken over', 'claim.taken-over', () => takeOverClaim(marek, CASE), () => marek],
  ['a claim given back', 'claim.released', () => releaseClaim(marek, CASE), () => marek],
  ['a draw', 'claim.taken', () => nextCase(ana, {}, randomUUID()), () => ana],
  ['an assignment', 'case.assigned', () => assignCase(marek, CASE + 2, ana.id), () => marek],
  ['a note', 'note.added', () => addNote(ana, CASE, { text: 'Look again.' }), () => ana],
  [
    'a decision',
    'decision.made',
    () =>
      decide(
        ana,
        CASE,
        { version: 0, outcome: 'APPROVED', reasonCodes: ['FALSE_REJECT_QUALITY'], rationale: 'Same ears and nose.', shown: NOTHING_SHOWN },
        randomUUID(),
      ),
    () => ana,
  ],
  ['an approval', 'approval.given', () => approved(), () => marek],
  ['a case opened again', 'case.reopened', () => reopenCase(marek, CASE, 'The customer complained.'), () => marek],
  ['a decision taken back', 'decision.withdrawn', () => withdrawnDecision(), () => marek],
  ['a change of role', 'user.role-changed', () => changeRole(adi, 'new@example.test', 'analyst'), () => adi],
  ['a new password', 'user.password-changed', () => setPassword(shell, 'new@example.test', PASSWORD), () => shell],
  ['the end of an account', 'user.disabled', () => disableUser(adi, 'new@example.test'), () => adi],
  ['a change of policy', 'policy.changed', () => changedPolicy(), () => marek],
  ['a proposed change', 'change.proposed', () => proposedChange(), () => marek],
  ['a change taken back', 'change.withdrawn', () => withdrawnChange(), () => adi],
  ['a legal hold', 'hold.placed', () => placeHold(marek, { ids: [CASE], held: true, reason: 'The court asked.', confirm: 1 }), () => marek],
];

describe('an act whose event cannot be written', () => {
  beforeAll(async () => {
    await addUser(SYSTEM_ACTOR, { email: 'new@example.test', name: 'New', role: 'manager', password: null });
    await startSession(ORIGIN, marek.id, 'password');
  });

  test.each(ACTS)('does not happen, and happens with it: %s', async (_act, action, run, by) => {
    // What an act needs beforehand it does at its first try, so both tries are measured from there.
    await failing(() => run().catch(() => {}));
    const before = await everything();
    await failing(() => expect(run()).rejects.toThrow(/the log is full/));
    expect(await everything()).toEqual(before);
    const [newest] = await newestEvent();
    await run();
    const [event] = await newestEvent();
    expect(event).toMatchObject({ action, actorId: by().id, actorName: by().name, actorRole: by().role });
    expect(JSON.parse(event?.payload?.data ?? '{}').origin).toEqual(ORIGIN);
    expect(event?.seq).toBeGreaterThan(newest?.seq ?? 0n);
  });

  test('a refused log-in is one too: who is refused gets no answer but a fault', async () => {
    await failing(() => expect(signIn(ORIGIN, ana.email, 'a wrong password of length')).rejects.toThrow(/the log is full/));
    expect(await signIn(ORIGIN, ana.email, 'a wrong password of length')).toBeNull();
    const [event] = await newestEvent();
    expect(event).toMatchObject({ action: 'session.refused', subject: `user:${ana.id}` });
    expect(JSON.parse(event?.payload?.data ?? '{}')).toEqual({ data: { email: ana.email, reason: 'wrong-credentials' }, origin: ORIGIN });
    expect(await signIn(ORIGIN, ana.email, PASSWORD)).toBe(ana.id);
  });

  test('leaves a chain without a gap, whatever failed', async () => {
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });
});

/** Runs the work while the log takes no event. */
async function failing<Result>(work: () => Promise<Result>): Promise<Result> {
  await pool.query(`
    CREATE FUNCTION console.log_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.subject <> 'verification:${OTHER}' OR NEW.action <> 'decision.made' THEN RAISE EXCEPTION 'the log is full'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER log_is_full BEFORE INSERT ON console.audit_event FOR EACH ROW EXECUTE FUNCTION console.log_is_full()`);
  try {
    return await work();
  } finally {
    await pool.query('DROP FUNCTION console.log_is_full CASCADE');
  }
}

/** Returns a fingerprint of every table but what was seen of the upstream: its records, and when its files were checked. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await pool.query(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'console' AND tablename NOT IN ('record', 'record_tag', 'record_version', 'evidence_check') ORDER BY 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of rows) {
    const print = await pool.query(`SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS md5 FROM console."${name}" t`);
    prints[name] = print.rows[0].md5;
  }
  return prints;
}

function newestEvent() {
  return db().auditEvent.findMany({ orderBy: { seq: 'desc' }, take: 1, include: { payload: true } });
}

function aSession(actor: Actor) {
  return db().session.findFirstOrThrow({ where: { userId: actor.id, revokedAt: null }, orderBy: { createdAt: 'desc' } });
}

async function approved(): Promise<unknown> {
  const { id: decisionId } = await db().decision.findFirstOrThrow({ where: { verificationId: BigInt(CASE) } });
  return approve(marek, CASE, { decisionId, agrees: true, comment: 'Same person.', shown: NOTHING_SHOWN }, randomUUID());
}

async function changedPolicy(): Promise<unknown> {
  const { version, settings } = await currentPolicy();
  return changePolicy(marek, { version, settings: { ...settings, slaHours: settings.slaHours + 1 }, reason: 'The audit asked for it.' });
}

async function proposedChange(): Promise<unknown> {
  const { version, settings } = await currentPolicy();
  return submitPolicy(marek, { version, settings: { ...settings, qaSharePercent: 0 }, reason: 'The audit asked for it.' });
}

async function withdrawnChange(): Promise<unknown> {
  const { id } = await db().proposedChange.findFirstOrThrow();
  return withdrawChange(adi, id, '');
}

/** Made at the first call and found again by its key at the others. */
async function withdrawnDecision(): Promise<unknown> {
  await decide(
    marek,
    OTHER,
    { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown: NOTHING_SHOWN },
    'to-be-withdrawn',
  );
  return withdrawDecision(marek, OTHER);
}
