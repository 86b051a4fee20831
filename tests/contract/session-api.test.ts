import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getFile } from '@/app/api/files/[name]/route';
import { GET as getMe } from '@/app/api/me/route';
import { sessionMark } from '@/lib/auth/session-mark';
import { readSession, startSession } from '@/lib/auth/sessions';
import { changeRole, endSessions } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { SESSION_HEADER, SESSION_PARAM } from '@/lib/domain/page-session';
import { closeUpstream } from '@/lib/upstream/connection';
import { person } from '../helpers/desk';
import { type HostileUpstream, startHostileUpstream } from '../helpers/hostile-upstream';
import { sourceFiles } from '../helpers/imports';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a secret of more than thirty-two characters';
const ORIGIN = { requestId: 'test', ip: null, userAgent: null };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const EVERY_PARAM = { id: '5', name: 'v_id_5_passport.jpg' };

let database: TestDatabase;
let upstream: HostileUpstream;
let ana: Actor;
let marek: Actor;

beforeAll(async () => {
  upstream = await startHostileUpstream();
  database = await testDatabase();
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    LOG_LEVEL: 'silent',
  });
  [ana, marek] = [await person('Ana', 'analyst'), await person('Marek', 'manager')];
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const cookieOf = async ({ sessionId }: Actor) => `next-auth.session-token=${await encode({ token: { sid: sessionId }, secret: SECRET })}`;

type Handler = (request: NextRequest, context: { params: Promise<typeof EVERY_PARAM> }) => Promise<Response>;

async function call(
  handler: unknown,
  as: Actor,
  { method = 'GET', address = '/api/x', mark }: { method?: string; address?: string; mark?: string },
) {
  const headers = { cookie: await cookieOf(as), ...(mark !== undefined && { [SESSION_HEADER]: mark }) };
  const request = new NextRequest(new URL(address, 'http://localhost:3000'), { method, headers });
  return (handler as Handler)(request, { params: Promise.resolve(EVERY_PARAM) });
}

/** Every handler of every route that knows who asks, by its method and file. */
async function handlers(): Promise<[name: string, method: string, handler: unknown][]> {
  const files = sourceFiles(root, ['app/api']).filter(
    (file) => path.basename(file) === 'route.ts' && !/\[\.\.\.|health|openapi|audit\/key/.test(file),
  );
  const modules = await Promise.all(
    files.map(async (file) => [file, (await import(path.join(root, file))) as Record<string, unknown>] as const),
  );
  return modules.flatMap(([file, module]) =>
    METHODS.flatMap((method) => (module[method] ? [[`${method} ${file}`, method, module[method]] as [string, string, unknown]] : [])),
  );
}

describe('a page of another session', () => {
  it('is refused by every route, for reading and for writing, and is told who is signed in now', async () => {
    const all = await handlers();
    expect(all.length).toBeGreaterThan(60);
    const eventsBefore = await db().auditEvent.count();
    const missed: string[] = [];
    for (const [name, method, handler] of all) {
      const answer = await call(handler, marek, { method, mark: sessionMark(ana) });
      const { error } = await answer.json();
      const told = { id: marek.id, name: 'Marek', role: 'manager' };
      const right = answer.status === 409 && error.code === 'other-session' && JSON.stringify(error.details.user) === JSON.stringify(told);
      if (!right) missed.push(`${name}: ${answer.status} ${error?.code}`);
    }
    expect(missed).toEqual([]);
    expect(upstream.requests).toEqual([]);
    expect(await db().auditEvent.count()).toBe(eventsBefore);
  });

  it('names its session as a parameter where it can send no header; a program that names none is judged by its cookie', async () => {
    const address = (mark: string) => `/api/files/a.jpg?${new URLSearchParams({ [SESSION_PARAM]: mark })}`;
    expect((await call(getFile, marek, { address: address(sessionMark(ana)) })).status).toBe(409);
    expect((await call(getMe, marek, { address: `/api/me?${SESSION_PARAM}=${sessionMark(marek)}` })).status).toBe(200);
    expect((await call(getMe, marek, { mark: sessionMark(marek) })).status).toBe(200);
    expect((await call(getMe, marek, {})).status).toBe(200);
    expect((await call(getMe, marek, { mark: '' })).status).toBe(409);
  });

  it('is also the page of an earlier role, and of an earlier session of the same person', async () => {
    const mia = await person('Mia', 'analyst');
    const mark = sessionMark(mia);
    await changeRole(SYSTEM_ACTOR, mia.email, 'auditor');
    const refused = await call(getMe, mia, { mark });
    expect(refused.status).toBe(409);
    expect((await refused.json()).error.details.user).toEqual({ id: mia.id, name: 'Mia', role: 'auditor' });
    const again = { ...mia, sessionId: await startSession(ORIGIN, mia.id, 'password') };
    expect((await call(getMe, again, { mark: sessionMark({ ...mia, role: 'auditor' }) })).status).toBe(409);
  });
});

describe('a second sign-in in the same browser', () => {
  it('ends the first session with the new one, on the record, and no session of anybody else', async () => {
    const [uma, ben] = [await person('Uma', 'analyst'), await person('Ben', 'analyst')];
    const elsewhere = await startSession(ORIGIN, uma.id, 'password');
    const next = await startSession(ORIGIN, ben.id, 'password', uma.sessionId);
    expect(await readSession(uma.sessionId ?? '', ORIGIN)).toBeNull();
    expect((await readSession(next, ORIGIN))?.name).toBe('Ben');
    expect((await readSession(elsewhere, ORIGIN))?.name).toBe('Uma');
    const events = await db().auditEvent.findMany({ where: { subject: `session:${uma.sessionId}`, action: 'session.replaced' } });
    expect(events.map(({ actorName }) => actorName)).toEqual(['Ben']);
    await startSession(ORIGIN, ben.id, 'password', uma.sessionId);
    expect(await db().auditEvent.count({ where: { action: 'session.replaced' } })).toBe(1);
  });
});

describe('an open stream', () => {
  const endings: [what: string, end: (actor: Actor) => Promise<unknown>][] = [
    ['revoked', ({ email }) => endSessions(SYSTEM_ACTOR, email)],
    ['replaced by another sign-in', ({ sessionId }) => startSession(ORIGIN, marek.id, 'password', sessionId)],
    ['of another role', ({ email }) => changeRole(SYSTEM_ACTOR, email, 'auditor')],
  ];

  it.each(endings)('breaks off once its session is %s, and lets go of the upstream', async (what, end) => {
    const actor = await person(`Reader-${what.split(' ')[0]}`, 'analyst');
    const dropped = new Promise<void>((resolve) => {
      upstream.answerWith((_request, response) => {
        response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '100000' }).write(Buffer.alloc(1000));
        response.on('close', resolve);
      });
    });
    const answer = await call(getFile, actor, { address: '/api/files/a.jpg' });
    expect(answer.status).toBe(200);
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBe(1000);
    await end(actor);
    await expect(reader?.read()).rejects.toThrow('session');
    await dropped;
  });
});
