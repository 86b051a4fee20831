import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PUT as putPassword } from '@/app/api/me/password/route';
import { GET as getMe } from '@/app/api/me/route';
import { changePassword } from '@/lib/auth/change-password';
import { ensureDemoUsers } from '@/lib/auth/demo-users';
import { listUsers } from '@/lib/auth/list-users';
import { signInWithClaims } from '@/lib/auth/oidc';
import { hashPassword } from '@/lib/auth/passwords';
import { endSession, readSession, startSession } from '@/lib/auth/sessions';
import { signIn } from '@/lib/auth/sign-in';
import { addUser, changeRole, type NewUser, setPassword } from '@/lib/auth/users';
import { submitNewUser, submitPassword } from '@/lib/changes/submit-user';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { Decision } from '@/lib/domain/decision';
import type { Role } from '@/lib/domain/roles';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { waitingFor } from '@/lib/review/waiting-for';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { bindSubject, fillIndex, person, refusalOf } from '../helpers/desk';
import { sourceFiles } from '../helpers/imports';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { agree as agreeToChange } from '../helpers/second-person';
import { approve, decide } from '../helpers/verdicts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a secret of more than thirty-two characters';
const TEMPORARY = 'a temporary password';
const OWN = 'a password of my own';
const origin = { requestId: 'test', ip: null, userAgent: null };
let database: TestDatabase;
let upstream: RecordUpstream;
let adi: Actor;
let sue: Actor;
let nextCase = 1001;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false, files: [], tags: [] }));
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    LOG_LEVEL: 'silent',
    PASSWORD_COST: '10',
    OIDC_ISSUER: 'https://issuer.test',
  });
  [adi, sue] = [await person('Adi', 'admin'), await person('Sue', 'admin')];
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const WHY = 'The team grows in December.';
/** An administrator adds an account or sets a password, and another one agrees. */
const addByTwo = async (by: Actor, user: NewUser) => agreeToChange(sue, await submitNewUser(by, user, WHY));
const resetByTwo = async (by: Actor, id: string) => agreeToChange(sue, await submitPassword(by, id, TEMPORARY, WHY));

/** An account whose password an administrator set. */
async function added(name: string, role: Role = 'analyst', by = adi): Promise<{ id: string; email: string }> {
  const email = `${name}@bank.test`;
  await addByTwo(by, { email, name, role, password: TEMPORARY });
  return db().user.findUniqueOrThrow({ where: { email }, select: { id: true, email: true } });
}

/** A session begun with a password, read as a page would, or as the change of the password would. */
async function signedIn(email: string, password: string, beforePasswordChange = false): Promise<Actor> {
  const id = await signIn(origin, email, password);
  if (id === null) throw new Error('not signed in');
  const actor = await readSession(await startSession(origin, id, 'password'), origin, { beforePasswordChange });
  if (!actor) throw new Error('no session');
  return actor;
}

/** Signs in with the temporary password and changes it, as whoever was given it would. */
async function takenUp(email: string, password = `${OWN} ${email}`): Promise<Actor> {
  const actor = await signedIn(email, TEMPORARY, true);
  await changePassword(actor, { current: TEMPORARY, password });
  return actor;
}

async function request(actor: Actor, method: string, address: string, body?: unknown): Promise<NextRequest> {
  const token = await encode({ token: { sid: actor.sessionId }, secret: SECRET });
  const headers = { cookie: `next-auth.session-token=${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  return new NextRequest(`http://localhost:3000${address}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

const propose = async (by: Actor, id = nextCase++): Promise<Decision> =>
  (
    await decide(
      by,
      id,
      { version: 0, outcome: 'APPROVED', reasonCodes: ['FALSE_REJECT_QUALITY'], rationale: 'Same ears and nose, only the light differs.' },
      randomUUID(),
    )
  ).decision;
const agree = (by: Actor, { id, verificationId }: Decision) =>
  approve(by, verificationId, { decisionId: id, agrees: true, comment: '' }, randomUUID());
const eventsOf = async (id: string) =>
  (await db().auditEvent.findMany({ where: { subject: `user:${id}` }, include: { payload: true }, orderBy: { seq: 'asc' } })).map(
    ({ action, actorName, payload }) => ({ action, actorName, ...JSON.parse(payload?.data ?? '{}').data }),
  );

describe('a password that somebody else set', () => {
  test('opens a session that may only change it or sign out, whichever route it asks', async () => {
    const { email } = await added('fresh', 'admin');
    const actor = await signedIn(email, TEMPORARY, true);
    expect((await refusalOf(readSession(actor.sessionId ?? '', origin))).code).toBe('password-change-required');
    const open = ['app/api/health/route.ts', 'app/api/openapi.json/route.ts'];
    const files = sourceFiles(root, ['app/api']).filter((file) => path.basename(file) === 'route.ts' && !file.includes('[...'));
    const answers: string[] = [];
    for (const file of files.filter((one) => !open.includes(one))) {
      const handlers: Record<string, unknown> = await import(pathToFileURL(path.join(root, file)).href);
      for (const [method, handle] of Object.entries(handlers)) {
        if (typeof handle !== 'function' || !/^[A-Z]+$/.test(method)) continue;
        const response: Response = await handle(await request(actor, method, '/api/x'), {
          params: Promise.resolve({ id: '1', name: 'x' }),
        });
        const code = (await response.json().catch(() => null))?.error?.code;
        if (response.status !== 403 || code !== 'password-change-required') answers.push(`${method} ${file} ${response.status}`);
      }
    }
    expect(answers).toEqual(['PUT app/api/me/password/route.ts 400']);
    await endSession(origin, actor.sessionId ?? '');
    expect(await readSession(actor.sessionId ?? '', origin, { beforePasswordChange: true })).toBeNull();
  });

  test('is changed by its user, whose session then does all their role allows, and the log tells both', async () => {
    const { id, email } = await added('ines');
    const actor = await signedIn(email, TEMPORARY, true);
    const change = (body: object) =>
      request(actor, 'PUT', '/api/me/password', body).then((sent) => putPassword(sent, { params: Promise.resolve({}) }));
    expect((await change({ current: TEMPORARY, password: TEMPORARY })).status).toBe(422);
    expect((await change({ current: TEMPORARY, password: 'short' })).status).toBe(422);
    expect((await change({ current: 'not this one, I am sure', password: OWN })).status).toBe(403);
    expect((await change({ current: TEMPORARY, password: OWN })).status).toBe(200);
    const me = await getMe(await request(actor, 'GET', '/api/me'), { params: Promise.resolve({}) });
    expect(await me.json()).toMatchObject({ email, role: 'analyst' });
    expect(await signIn(origin, email, TEMPORARY)).toBeNull();
    expect((await eventsOf(id)).slice(0, 3)).toMatchObject([
      { action: 'user.added', actorName: 'Adi' },
      { action: 'password.refused', actorName: 'ines', reason: 'wrong-credentials' },
      { action: 'password.changed', actorName: 'ines', wasGiven: true, sessions: 0 },
    ]);
    await resetByTwo(adi, id);
    expect((await refusalOf(signedIn(email, TEMPORARY))).code).toBe('password-change-required');
    expect((await listUsers(adi)).find((user) => user.id === id)).toMatchObject({ mustChangePassword: true });
  });

  test('has to be changed also when the command line set it, and when it was written into the database itself', async () => {
    await addUser(SYSTEM_ACTOR, { email: 'cli@bank.test', name: 'Cli', role: 'analyst', password: TEMPORARY }, 'GIVEN');
    expect((await refusalOf(signedIn('cli@bank.test', TEMPORARY))).code).toBe('password-change-required');
    const { id, email } = await added('raw');
    await takenUp(email);
    await db().user.update({ where: { id }, data: { passwordHash: await hashPassword(TEMPORARY) } });
    expect((await refusalOf(signedIn(email, TEMPORARY))).code).toBe('password-change-required');
    expect((await eventsOf(id)).at(-1)).toMatchObject({ action: 'user.credential-changed', actorName: 'Database', kind: 'PASSWORD' });
  });

  test('stays as it is where the program set it up: demo users and automation', async () => {
    await addUser(SYSTEM_ACTOR, { email: 'robot@bank.test', name: 'Robot', role: 'analyst', password: TEMPORARY }, 'SETUP');
    expect(await signedIn('robot@bank.test', TEMPORARY)).toMatchObject({ role: 'analyst' });
    await ensureDemoUsers('the demo password');
    const analyst = await signedIn('analyst@example.test', 'the demo password');
    expect(await agree(await signedIn('manager@example.test', 'the demo password'), await propose(analyst))).toMatchObject({
      approval: { agrees: true },
    });
    await changePassword(analyst, { current: 'the demo password', password: OWN });
    await ensureDemoUsers('the demo password');
    expect(await signedIn('analyst@example.test', OWN)).toMatchObject({ name: 'Ana Lindqvist' });
    // Nor does a start take back what an operator set on the server, for good or for the first sign-in, or what another start set.
    await setPassword(SYSTEM_ACTOR, 'manager@example.test', OWN, 'SETUP');
    await ensureDemoUsers('another demo password');
    expect(await signedIn('manager@example.test', OWN)).toMatchObject({ name: 'Marek Okafor' });
    expect(await signedIn('auditor@example.test', 'another demo password')).toMatchObject({ name: 'Aiko Duarte' });
  });

  test('cannot be declared set up by an administrator, nor set for one’s own account or one of the sign-in provider', async () => {
    await addByTwo(adi, { email: 'sly@bank.test', name: 'Sly', role: 'auditor', password: TEMPORARY });
    expect((await refusalOf(signedIn('sly@bank.test', TEMPORARY))).code).toBe('password-change-required');
    expect((await refusalOf(submitPassword(adi, adi.id, TEMPORARY, WHY))).code).toBe('conflict');
    const { id } = await person('Sso', 'analyst');
    await bindSubject(id, 'https://issuer.test|sso');
    for (const reset of [() => setPassword(adi, 'sso@example.test', TEMPORARY), () => submitPassword(adi, id, TEMPORARY, WHY)])
      expect((await refusalOf(reset())).code).toBe('conflict');
  });

  test('is removed once the sign-in provider proves who its user is, and a session of the provider is asked for no change', async () => {
    const { id, email } = await added('nora');
    const before = await signedIn(email, TEMPORARY, true);
    expect(await signInWithClaims(origin, { sub: 'nora', email: 'NORA@bank.test', email_verified: true })).toBe(id);
    expect(await signIn(origin, email, TEMPORARY)).toBeNull();
    expect(await readSession(before.sessionId ?? '', origin, { beforePasswordChange: true })).toBeNull();
    expect(await readSession(await startSession(origin, id, 'oidc'), origin)).toMatchObject({ email });
    expect(await eventsOf(id)).toContainEqual(expect.objectContaining({ action: 'user.provider-bound', passwordRemoved: true }));
  });
});

describe('one’s own password', () => {
  test('is changed at any time by knowing it; other sessions end, this one stays', async () => {
    const { email } = await added('olga');
    const first = await takenUp(email, OWN);
    const second = await signedIn(email, OWN);
    expect(await changePassword(second, { current: OWN, password: 'another password of mine' })).toBe(1);
    expect(await readSession(first.sessionId ?? '', origin)).toBeNull();
    expect(await readSession(second.sessionId ?? '', origin)).toMatchObject({ email });
  });

  test('is guarded like a sign-in: five wrong ones lock the account, however many are sent at once', async () => {
    const { email } = await added('pia');
    const actor = await takenUp(email, OWN);
    const tries = await Promise.all(
      Array.from({ length: 7 }, () =>
        refusalOf(changePassword(actor, { current: 'a wrong password', password: 'another password of mine' })),
      ),
    );
    expect(tries.map(({ code }) => code).toSorted()).toEqual([...Array(5).fill('forbidden'), ...Array(2).fill('too-many-attempts')]);
    const right = await refusalOf(changePassword(actor, { current: OWN, password: 'another password of mine' }));
    expect(right).toMatchObject({ code: 'too-many-attempts', retryAfter: expect.any(Number) });
  });

  test('cannot be changed where there is none', async () => {
    expect((await refusalOf(changePassword(await person('None', 'analyst'), { current: '', password: OWN }))).code).toBe('conflict');
  });
});

describe('two accounts of one administrator', () => {
  test('approve for each other once both were taken up, and not after a reset: list, badge, door and database say the same', async () => {
    const [bo, cy] = [await added('bo'), await added('cy', 'manager')];
    const [asBo, asCy] = [await takenUp(bo.email), await takenUp(cy.email)];
    await agree(asCy, await propose(asBo));
    for (const { id } of [bo, cy]) await resetByTwo(adi, id);
    const [again, other] = [await takenUp(bo.email, `${OWN} 2`), await takenUp(cy.email, `${OWN} 2`)];
    const id = nextCase++;
    await fillIndex(id);
    const before = (await waitingFor(other)).approvals?.count;
    const proposal = await propose(again, id);
    const refusal = await refusalOf(agree(other, proposal));
    expect(refusal).toMatchObject({
      code: 'forbidden',
      details: { reason: 'one-administrator' },
      message: expect.stringContaining('One administrator'),
    });
    const listed = (await pendingApprovals(other)).find(({ decision }) => decision.id === proposal.id);
    expect(listed).toMatchObject({ own: false, blocked: refusal.message });
    expect((await waitingFor(other)).approvals?.count).toBe(before);
    await expect(
      db().$executeRaw`
        INSERT INTO console.approval (id, decision_id, verification_id, agrees, comment, approver_id, approver_name, approver_email, proposer_id,
          proposer_email)
        VALUES (gen_random_uuid(), ${proposal.id}::uuid, ${BigInt(id)}, true, '', ${cy.id}::uuid, 'cy', ${cy.email}, ${bo.id}::uuid, ${bo.email})`,
    ).rejects.toThrow(/not by a second person: one-administrator/);
    expect(await agree(await person('Third', 'manager'), proposal)).toMatchObject({ approval: { agrees: true } });
  });

  test('an administrator who became a reviewer does not approve for an account they reset, under any account of theirs', async () => {
    const abe = await person('Abe', 'admin');
    const dee = await added('dee', 'analyst', abe);
    const proposal = await propose(await takenUp(dee.email));
    await changeRole(SYSTEM_ACTOR, abe.email, 'manager');
    const second = await person('Abe+review', 'manager');
    for (const account of [{ ...abe, role: 'manager' as const }, second])
      expect(await refusalOf(agree(account, proposal))).toMatchObject({ code: 'forbidden', details: { reason: 'gave-credentials' } });
  });

  test('the badge leaves out a proposal of the same person at the sign-in provider', async () => {
    const [eva, mia] = [await person('Eva', 'analyst'), await person('Mia', 'manager')];
    const id = nextCase++;
    await fillIndex(id);
    const before = (await waitingFor(mia)).approvals?.count;
    await bindSubject(eva.id, 'https://issuer.test|eva');
    await propose(eva, id);
    await bindSubject(eva.id, null);
    await bindSubject(mia.id, 'https://issuer.test|eva');
    expect((await waitingFor(mia)).approvals?.count).toBe(before);
  });
});

describe('an address', () => {
  test('written in any way finds its account, at the sign-in and for an administrator, and never becomes a second account', async () => {
    await addByTwo(adi, { email: 'René@Bücher.example', name: 'René', role: 'analyst', password: TEMPORARY });
    const { id } = await db().user.findUniqueOrThrow({ where: { email: 'rené@bücher.example' } });
    for (const spelled of ['rene\u0301@bu\u0308cher.example', 'RENÉ@xn--bcher-kva.example', ' ｒené@bücher.example\u200b '])
      expect(await signIn(origin, spelled, TEMPORARY)).toBe(id);
    const twice = submitNewUser(
      adi,
      { email: 'rene\u0301@XN--BCHER-KVA.example', name: 'Twice', role: 'manager', password: TEMPORARY },
      WHY,
    );
    expect(await refusalOf(twice)).toMatchObject({ code: 'conflict', field: 'email' });
    await changeRole(SYSTEM_ACTOR, 'rene\u0301@xn--bcher-kva.example', 'auditor');
    expect(await db().user.findUnique({ where: { id } })).toMatchObject({ role: 'auditor' });
    const raw = db().user.create({ data: { email: 'rene\u0301@bücher.example', name: 'Raw', role: 'manager' } });
    await expect(raw).rejects.toThrow(/user_email_is_normal/);
  });

  test('with a +suffix is a second account of the same person, who cannot approve for themselves', async () => {
    const first = await person('Zoé', 'analyst');
    await addByTwo(adi, { email: 'zoe\u0301+night@EXAMPLE.test', name: 'Zoé', role: 'manager', password: null });
    const { id, name, email } = await db().user.findUniqueOrThrow({ where: { email: 'zoé+night@example.test' } });
    const night: Actor = { ...first, id, name, email, role: 'manager' };
    expect(await refusalOf(agree(night, await propose(first)))).toMatchObject({ details: { reason: 'same-person' } });
  });

  test.each(['', 'x', '@bank.test', 'a b@', 'a@b', 'a@-.test', 'a@@bank.test', 'a@bank..test', '"a@b"@'])(
    'that is none is refused: %s',
    async (email) => {
      const refusal = await refusalOf(addUser(adi, { email, name: 'X', role: 'analyst', password: null }));
      expect(refusal).toMatchObject({ code: 'unprocessable', field: 'email' });
    },
  );
});
