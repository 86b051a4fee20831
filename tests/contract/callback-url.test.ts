import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET, POST } from '@/app/api/auth/[...nextauth]/route';
import { db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, {
    NEXTAUTH_SECRET: 'a secret of more than thirty-two characters',
    NEXTAUTH_URL: 'https://console.example.test',
    LOG_LEVEL: 'silent',
  });
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

const MALFORMED = [
  'javascript:alert(1)',
  'data:text/html,x',
  'http://',
  'https://[',
  '//[::1',
  '/a\u0000b',
  '/\\evil.example',
  'x'.repeat(5000),
  'file:///etc/passwd',
];

interface Asked {
  actions: string[];
  query?: string;
  cookie?: string;
  body?: { type: string; text: string };
}

async function ask({ actions, query = '', cookie = '', body }: Asked): Promise<Response> {
  const address = `https://console.example.test/api/auth/${actions.join('/')}${query}`;
  const headers = {
    cookie,
    host: 'console.example.test',
    ...(body && { 'content-type': body.type, 'content-length': String(body.text.length) }),
  };
  const request = new NextRequest(address, { method: body ? 'POST' : 'GET', headers, ...(body && { body: body.text }) });
  return (body ? POST : GET)(request, { params: Promise.resolve({ nextauth: actions }) });
}

describe('an address to lead to after signing in', () => {
  it.each(MALFORMED)('that is malformed is refused wherever it stands, and never a fault: %j', async (given) => {
    const value = encodeURIComponent(given);
    const asked: Asked[] = [
      { actions: ['signin'], query: `?callbackUrl=${value}` },
      { actions: ['csrf'], query: `?callbackUrl=/a&callbackUrl=${value}` },
      { actions: ['callback', 'credentials'], body: { type: 'application/x-www-form-urlencoded', text: `callbackUrl=${value}` } },
      { actions: ['signout'], body: { type: 'application/json', text: JSON.stringify({ callbackUrl: given }) } },
      { actions: ['signin'], cookie: `__Secure-next-auth.callback-url=${value}` },
    ];
    for (const one of asked) {
      const answer = await ask(one);
      expect(answer.status, JSON.stringify(one).slice(0, 80)).toBe(400);
      expect((await answer.json()).error).toMatchObject({ code: 'bad-request', field: 'callbackUrl' });
      // Kept, the cookie would refuse every later sign-in as well.
      expect(answer.headers.get('set-cookie') !== null).toBe(one.cookie !== undefined);
    }
  });

  it.each([['{"callbackUrl":{}}'], ['{"callbackUrl":7}'], ['{"callbackUrl":["/a"]}']])('that is no text is refused: %s', async (text) => {
    const answer = await ask({ actions: ['signout'], body: { type: 'application/json', text } });
    expect(answer.status).toBe(400);
  });
});
