import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GET as getMe } from '@/app/api/me/route';
import { POST as postSync } from '@/app/api/sync/route';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { isDatabaseAway } from '@/lib/domain/database-away';
import { proxy } from '@/proxy';
import { person } from '../helpers/desk';
import { type Gate, startGate } from '../helpers/gate';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const SECRET = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let gate: Gate;
let marek: Actor;

beforeAll(async () => {
  database = await testDatabase();
  const url = new URL(database.url);
  gate = await startGate({ host: url.hostname, port: Number(url.port) });
  url.port = String(gate.port);
  url.hostname = '127.0.0.1';
  Object.assign(process.env, { DATABASE_URL: url.href, NEXTAUTH_SECRET: SECRET, LOG_LEVEL: 'silent' });
  marek = await person('Marek', 'manager');
});

afterAll(async () => {
  await db().$disconnect();
  await gate.shut();
  await database.drop();
});

async function request(path: string, method = 'GET'): Promise<NextRequest> {
  const cookie = `next-auth.session-token=${await encode({ token: { sid: marek.sessionId }, secret: SECRET })}`;
  return new NextRequest(`http://localhost:3000${path}`, { method, headers: { cookie } });
}

test('a database that is away makes pages and the API a 503 with a sentence, and both work again when it is back', async () => {
  const ask = async () => getMe(await request('/api/me'), { params: Promise.resolve({}) });
  expect((await ask()).status).toBe(200);
  expect((await proxy(await request('/verifications'))).status).toBe(200);
  await gate.shut();
  for (const answer of [await ask(), await postSync(await request('/api/sync', 'POST'), { params: Promise.resolve({}) })]) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect((await answer.json()).error).toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/^The database of the console does not answer\. What was stored before is kept\. Try again shortly/),
    });
  }
  // A good answer of a moment ago still holds for pages.
  await expect.poll(async () => (await proxy(await request('/verifications'))).status, { timeout: 10_000 }).toBe(503);
  const page = await proxy(await request('/settings/connection'));
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('<h1>The database of the console does not answer.</h1>');
  await gate.open();
  await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(200);
  expect((await proxy(await request('/verifications'))).status).toBe(200);
});

test('a connection the server ends in the middle of a statement is told from a statement it refuses', async () => {
  const ended = await db().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch((failure: unknown) => failure);
  expect(isDatabaseAway(ended)).toBe(true);
  const refused = await db().$queryRaw`SELECT 1 / 0`.catch((failure: unknown) => failure);
  expect(refused).toBeInstanceOf(Error);
  expect(isDatabaseAway(refused)).toBe(false);
  expect(isDatabaseAway(new Error('anything else'))).toBe(false);
});
