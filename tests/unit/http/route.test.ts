import { NextRequest } from 'next/server';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type ErrorBody, Refusal } from '@/lib/domain/refusal';
import { refuseForeignOrigin } from '@/lib/http/foreign-origin';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { publicRoute, route } from '@/lib/http/route';

beforeAll(() => {
  process.env.LOG_LEVEL = 'silent';
  process.env.NEXTAUTH_SECRET = 'a'.repeat(32);
  process.env.NEXTAUTH_URL = 'https://review.example.test';
});

const url = 'http://inner:3000/api/thing';
const context = { params: Promise.resolve({}) };
const errorOf = async (answer: Response): Promise<ErrorBody['error']> => (await answer.json()).error;

describe('route', () => {
  it('answers a Refusal in the one error shape, with its status, its Retry-After and the id of the request', async () => {
    const handler = publicRoute(() => {
      throw new Refusal('upstream-unavailable', 'Wait.', { field: 'x', details: { a: 1 }, retryAfter: 7 });
    });
    const answer = await handler(new NextRequest(url), context);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    const error = await errorOf(answer);
    expect(error).toEqual({ code: 'upstream-unavailable', message: 'Wait.', requestId: expect.any(String), field: 'x', details: { a: 1 } });
    expect(answer.headers.get('x-request-id')).toBe(error.requestId);
  });

  it('answers a fault with 500, an id, and not a word of its cause', async () => {
    const handler = publicRoute(() => {
      throw new Error('password of the database is hunter2');
    });
    const answer = await handler(new NextRequest(url), context);
    expect(answer.status).toBe(500);
    expect(await errorOf(answer)).toEqual({
      code: 'internal',
      message: expect.not.stringContaining('hunter2'),
      requestId: expect.any(String),
    });
  });

  it('forbids caches to keep an answer', async () => {
    const answer = await publicRoute(() => Response.json({}))(new NextRequest(url), context);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['', 'next-auth.session-token=garbage', '__Secure-next-auth.session-token=a.b.c.d.e'])(
    'does not run the handler for a stranger with cookie %j',
    async (cookie) => {
      let ran = false;
      const handler = route({ signedIn: true }, () => {
        ran = true;
        return Response.json({});
      });
      const answer = await handler(new NextRequest(url, { headers: { cookie } }), context);
      expect(answer.status).toBe(401);
      expect((await errorOf(answer)).code).toBe('not-signed-in');
      expect(ran).toBe(false);
    },
  );
});

describe('refuseForeignOrigin', () => {
  const check = (method: string, headers: Record<string, string>) => () =>
    refuseForeignOrigin({ method, headers: new Headers({ host: 'inner:3000', ...headers }) });

  it.each([
    ['from its own page', { 'sec-fetch-site': 'same-origin', origin: 'http://inner:3000' }],
    ['through a proxy, under the configured address', { origin: 'https://review.example.test' }],
    ['from a program, which names no origin', {}],
  ])('accepts a write %s', (_name, headers) => {
    expect(check('POST', headers)).not.toThrow();
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that hides', { origin: 'null' }],
    ['another port', { origin: 'http://inner:3001' }],
  ])('refuses a write from %s', (_name, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(check(method, headers)).toThrowError(expect.objectContaining({ code: 'forbidden' }));
    }
    expect(check('GET', headers)).not.toThrow();
  });
});

describe('readJson', () => {
  const schema = z.strictObject({ text: z.string('Write text.'), tags: z.optional(z.array(z.string('A tag is text.'))) });
  const read = (body: BodyInit, type = 'application/json') =>
    readJson(new Request(url, { method: 'POST', body, headers: { 'content-type': type } }), schema, 100);

  it('gives what the schema reads', async () => {
    expect(await read('{"text":"é"}', 'application/json; charset=utf-8')).toEqual({ text: 'é' });
  });

  it.each([
    ['another type', '{}', 'text/plain', { code: 'unsupported-type' }],
    ['no JSON', '{"text"', 'application/json', { code: 'bad-request' }],
    ['a wrong member', '{"text":1}', 'application/json', { code: 'unprocessable', field: 'text', message: 'Write text.' }],
    ['a wrong item', '{"text":"a","tags":["b",1]}', 'application/json', { code: 'unprocessable', field: 'tags.1' }],
    ['a stray member', '{"text":"a","role":"admin"}', 'application/json', { code: 'unprocessable', field: 'role' }],
    ['a long body', `{"text":"${'a'.repeat(100)}"}`, 'application/json', { code: 'too-large' }],
  ])('refuses %s', async (_name, body, type, refusal) => {
    await expect(read(body, type)).rejects.toMatchObject(refusal);
  });

  it('stops reading a body that does not say its length', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64)) });
    const request = new Request(url, {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit);
    await expect(readJson(request, schema, 100)).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('readVerificationId', () => {
  it('reads whole numbers and refuses all else', () => {
    expect(readVerificationId('0')).toBe(0);
    expect(readVerificationId('9007199254740991')).toBe(9_007_199_254_740_991);
    for (const wrong of ['', '-1', '1.5', '1e3', ' 1', '0x1', '9007199254740992', 'abc', '007', '１２'])
      expect(() => readVerificationId(wrong)).toThrowError(expect.objectContaining({ code: 'bad-request', field: 'id' }));
  });
});
