import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDemoUsers } from '@/lib/auth/demo-users';
import { readSession, startSession } from '@/lib/auth/sessions';
import { signIn } from '@/lib/auth/sign-in';
import { addUser, changeRole, disableUser, setPassword } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, type Origin, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { type TestDatabase, testDatabase } from '../../helpers/postgres';

let database: TestDatabase;
let count = 0;
let email = '';
const password = 'correct horse battery';
const origin: Origin = { requestId: 'test', ip: '192.0.2.1', userAgent: 'test' };

beforeAll(async () => {
  process.env.PASSWORD_COST = '10';
  database = await testDatabase();
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

beforeEach(async () => {
  count += 1;
  email = `person-${count}@example.test`;
  await addUser(SYSTEM_ACTOR, { email, name: 'Person', role: 'analyst', password });
});

const userOf = (address: string) => db().user.findUniqueOrThrow({ where: { email: address } });

async function eventsOf(subject: string): Promise<{ action: string; data: Record<string, unknown>; actorName: string }[]> {
  const events = await db().auditEvent.findMany({ where: { subject }, include: { payload: true }, orderBy: { seq: 'asc' } });
  return events.map(({ action, actorName, payload }) => ({ action, actorName, data: JSON.parse(payload?.data ?? '{}').data }));
}

describe('signIn', () => {
  it('admits a user by e-mail, whatever its capitals, and password', async () => {
    const { id } = await userOf(email);
    expect(await signIn(origin, `  ${email.toUpperCase()} `, password)).toBe(id);
    expect(await signIn(origin, email, `${password}x`)).toBeNull();
  });

  it('answers unknown, wrong, disabled and password-less users alike, and records which it was', async () => {
    const { id } = await userOf(email);
    await addUser(SYSTEM_ACTOR, { email: `sso-${email}`, name: 'Person', role: 'analyst', password: null });
    const answers = [await signIn(origin, 'nobody@example.test', password), await signIn(origin, email, 'wrong password here')];
    answers.push(await signIn(origin, `sso-${email}`, ''));
    await disableUser(SYSTEM_ACTOR, email);
    answers.push(await signIn(origin, email, password));
    expect(answers).toEqual([null, null, null, null]);
    const refused = (await eventsOf(`user:${id}`)).filter(({ action }) => action === 'session.refused');
    expect(refused).toEqual([
      { action: 'session.refused', actorName: 'Visitor', data: { email, reason: 'wrong-credentials' } },
      { action: 'session.refused', actorName: 'Visitor', data: { email, reason: 'disabled' } },
    ]);
    expect((await eventsOf('user:unknown')).at(-1)?.data).toEqual({ email: 'nobody@example.test', reason: 'unknown-user' });
  });

  it('locks an account after five wrong passwords, so that even the right one is refused, and opens it again in time', async () => {
    for (let tries = 0; tries < 5; tries += 1) await signIn(origin, email, 'wrong password here');
    const locked = await userOf(email);
    expect(locked.failedLogins).toBe(5);
    expect(Number(locked.lockedUntil) - Date.now()).toBeGreaterThan(20_000);
    expect(await signIn(origin, email, password)).toBeNull();
    expect((await eventsOf(`user:${locked.id}`)).at(-1)?.data).toMatchObject({ reason: 'locked' });
    await db().user.update({ where: { email }, data: { lockedUntil: new Date(Date.now() - 1) } });
    expect(await signIn(origin, email, 'wrong password here')).toBeNull();
    expect(Number((await userOf(email)).lockedUntil) - Date.now()).toBeGreaterThan(50_000);
    await db().user.update({ where: { email }, data: { lockedUntil: new Date(Date.now() - 1) } });
    expect(await signIn(origin, email, password)).toBe(locked.id);
    expect(await userOf(email)).toMatchObject({ failedLogins: 0, lockedUntil: null });
  });

  it('looks at no more than five passwords of many sent at the same moment', async () => {
    await Promise.all(Array.from({ length: 9 }, () => signIn(origin, email, 'wrong password here')));
    const { id } = await userOf(email);
    const reasons = (await eventsOf(`user:${id}`)).map(({ data }) => data.reason);
    expect(reasons.filter((reason) => reason === 'wrong-credentials')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'locked')).toHaveLength(4);
  });
});

describe('an address that tries many names', () => {
  it('is blocked after fifty, and its further tries are in the log by their number', async () => {
    const stranger: Origin = { ...origin, ip: '192.0.2.66' };
    await Promise.all(Array.from({ length: 50 }, (_, index) => signIn(stranger, `guess-${index}@example.test`, password)));
    for (let tries = 0; tries < 5; tries += 1) expect(await signIn(stranger, email, password)).toBeNull();
    const blocked = (await eventsOf('user:unknown')).map(({ data }) => data).filter(({ reason }) => reason === 'address-blocked');
    expect(blocked).toEqual([1, 2, 4].map((times) => ({ email, reason: 'address-blocked', times })));
    expect(await signIn(origin, email, password)).toBe((await userOf(email)).id);
  });
});

describe('a session', () => {
  const started = async (): Promise<Actor> => {
    const { id } = await userOf(email);
    const actor = await readSession(await startSession(origin, id, 'password'), origin);
    if (!actor) throw new Error('the session was not readable');
    return actor;
  };

  it('is recorded with its start and names its user as of now', async () => {
    const actor = await started();
    expect(actor).toMatchObject({ email, name: 'Person', role: 'analyst', origin });
    expect(await eventsOf(`session:${actor.sessionId}`)).toEqual([
      { action: 'session.started', actorName: 'Person', data: { provider: 'password' } },
    ]);
    await changeRole(SYSTEM_ACTOR, email, 'auditor');
    expect(await readSession(actor.sessionId ?? '', origin)).toMatchObject({ role: 'auditor' });
  });

  it.each([
    ['the user is disabled', () => disableUser(SYSTEM_ACTOR, email)],
    ['the password is changed', () => setPassword(SYSTEM_ACTOR, email, 'another long password')],
    ['its row is revoked', () => db().session.updateMany({ data: { revokedAt: new Date() } })],
    [
      'its time is over',
      () => db().$executeRaw`UPDATE console.session SET created_at = now() - interval '2 h', expires_at = now() - interval '1 h'`,
    ],
  ])('ends at once when %s', async (_name, end) => {
    const { sessionId } = await started();
    await end();
    expect(await readSession(sessionId ?? '', origin)).toBeNull();
  });

  it('is found only by a whole id', async () => {
    for (const id of ['', 'x', "' OR true --", '00000000-0000-0000-0000-000000000000']) expect(await readSession(id, origin)).toBeNull();
  });
});

describe('users', () => {
  it('are managed only by who may', async () => {
    const analyst: Actor = { ...SYSTEM_ACTOR, id: 'x', role: 'analyst' };
    const forbidden = { code: 'forbidden' };
    await expect(addUser(analyst, { email: 'a@example.test', name: 'A', role: 'admin', password })).rejects.toMatchObject(forbidden);
    await expect(changeRole(analyst, email, 'admin')).rejects.toMatchObject(forbidden);
    await expect(disableUser(analyst, email)).rejects.toMatchObject(forbidden);
    await expect(setPassword(analyst, email, password)).rejects.toMatchObject(forbidden);
    expect(await userOf(email)).toMatchObject({ role: 'analyst', disabledAt: null });
  });

  it.each([
    [{ email: 'no address' }, { code: 'unprocessable', field: 'email' }],
    [{ name: ' ' }, { code: 'unprocessable', field: 'name' }],
    [{ role: 'owner' }, { code: 'unprocessable', field: 'role' }],
    [{ password: 'short' }, { code: 'unprocessable', field: 'password' }],
  ])('are refused with %j', async (wrong, refusal) => {
    const user = { email: 'fresh@example.test', name: 'Fresh', role: 'analyst', password, ...wrong };
    await expect(addUser(SYSTEM_ACTOR, user)).rejects.toMatchObject(refusal);
  });

  it('have one account an e-mail, whatever its capitals', async () => {
    const again = { email: email.toUpperCase(), name: 'Again', role: 'analyst', password };
    await expect(addUser(SYSTEM_ACTOR, again)).rejects.toMatchObject({ code: 'conflict', field: 'email' });
    await expect(changeRole(SYSTEM_ACTOR, 'nobody@example.test', 'admin')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leave an event of every change, none of what did not change, and never a password', async () => {
    const { id } = await userOf(email);
    await changeRole(SYSTEM_ACTOR, email, 'manager');
    await changeRole(SYSTEM_ACTOR, email, 'manager');
    await setPassword(SYSTEM_ACTOR, email, 'another long password');
    await disableUser(SYSTEM_ACTOR, email);
    await disableUser(SYSTEM_ACTOR, email);
    expect(await eventsOf(`user:${id}`)).toEqual([
      { action: 'user.added', actorName: 'System', data: { email, role: 'analyst', via: 'command-line' } },
      { action: 'user.role-changed', actorName: 'System', data: { email, from: 'analyst', to: 'manager', via: 'command-line' } },
      { action: 'user.password-changed', actorName: 'System', data: { email, via: 'command-line' } },
      { action: 'user.disabled', actorName: 'System', data: { email, via: 'command-line' } },
    ]);
  });

  it('of the demo follow their password and keep what was changed otherwise', async () => {
    const emails = await ensureDemoUsers('first demo password');
    expect(emails).toHaveLength(4);
    await changeRole(SYSTEM_ACTOR, 'analyst@example.test', 'manager');
    const before = await userOf('analyst@example.test');
    await ensureDemoUsers('first demo password');
    expect(await userOf('analyst@example.test')).toEqual(before);
    await ensureDemoUsers('second demo password');
    expect(await signIn(origin, 'analyst@example.test', 'second demo password')).toBe(before.id);
    expect((await userOf('analyst@example.test')).role).toBe('manager');
  });
});
