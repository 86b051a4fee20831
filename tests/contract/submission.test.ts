import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST } from '@/app/api/verifications/route';
import { startSession } from '@/lib/auth/sessions';
import { addUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { Role } from '@/lib/domain/roles';
import sample from '../fixtures/upstream/sample.json';
import { type Answer, answers, type HostileUpstream, startHostileUpstream } from '../helpers/hostile-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const KEY = 'key-that-must-stay-on-the-server';
const SECRET = 'a secret of more than thirty-two characters';
const BOUNDARY = 'the-line-between';
let database: TestDatabase;
let upstream: HostileUpstream;
let analyst = '';
let auditor = '';

beforeAll(async () => {
  upstream = await startHostileUpstream();
  database = await testDatabase();
  Object.assign(process.env, {
    VERIFICATION_API_URL: `${upstream.url}/prefix/v1`,
    VERIFICATION_API_KEY: KEY,
    NEXTAUTH_SECRET: SECRET,
    UPSTREAM_TIMEOUT_MS: '2000',
    SUBMIT_TIMEOUT_MS: '1000',
    LOG_LEVEL: 'silent',
  });
  analyst = await signedIn('analyst');
  auditor = await signedIn('auditor');
});

afterAll(async () => {
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

async function signedIn(role: Role): Promise<string> {
  const email = `${role}@example.test`;
  await addUser(SYSTEM_ACTOR, { email, name: 'Ana', role, password: null });
  const { id } = await db().user.findUniqueOrThrow({ where: { email } });
  const sid = await startSession({ requestId: 'test', ip: null, userAgent: null }, id, 'password');
  return `next-auth.session-token=${await encode({ token: { sid }, secret: SECRET })}`;
}

const tagsPart = (tags: string) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="tags"\r\n\r\n${tags}\r\n`;
const fileHead = (field: string) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="a.jpg"\r\n\r\n`;
const ending = `\r\n--${BOUNDARY}--\r\n`;
const formOf = (submission: string) =>
  `${tagsPart(JSON.stringify({ customerId: '9', submission }))}${fileHead('idFile')}id\r\n${fileHead('selfieFile')}selfie${ending}`;

interface Sent {
  cookie?: string;
  length?: number | null;
  type?: string;
  signal?: AbortSignal;
}

/** Posts a form the way the server hands it over: as a stream with a length. */
function post(body: string | ReadableStream<Uint8Array>, sent: Sent = {}): Promise<Response> {
  const { cookie = analyst, length = typeof body === 'string' ? Buffer.byteLength(body) : 0 } = sent;
  const headers = new Headers({ cookie, 'content-type': sent.type ?? `multipart/form-data; boundary=${BOUNDARY}` });
  if (length !== null) headers.set('content-length', String(length));
  const stream = typeof body === 'string' ? new Blob([body]).stream() : body;
  const init = { method: 'POST', headers, body: stream, duplex: 'half' as const, ...(sent.signal && { signal: sent.signal }) };
  return POST(new NextRequest('http://localhost:3000/api/verifications', init), { params: Promise.resolve({}) });
}

/** A stream that asks for the next chunk only when the last one was taken. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = await chunks.next();
      if (chunk.done) controller.close();
      else controller.enqueue(chunk.value);
    },
  });
}

const readAll = async (request: IncomingMessage): Promise<Buffer> => Buffer.concat(await request.toArray());

/** Answers only once the whole form is there. */
const onceWhole =
  (answer: Answer): Answer =>
  async (request, response) => {
    const broken = await readAll(request).then(
      () => false,
      () => true,
    );
    if (!broken) answer(request, response);
  };

const errorOf = async (answer: Response) => (await answer.json()).error;
const eventsOf = (subject: string) => db().auditEvent.findMany({ where: { subject }, orderBy: { seq: 'asc' }, include: { payload: true } });

describe('POST /api/verifications', () => {
  it('sends the very bytes on, answers the very bytes, and records the attempt and what became of it', async () => {
    const submission = randomUUID();
    const text = '{ "result" : { "verificationId": 41, "idFileName": "a.jpg", "selfieFileName": "b.mp4" } }';
    let received = '';
    upstream.answerWith(async (request, response) => {
      expect((await eventsOf(`submission:${submission}`)).map(({ action }) => action)).toEqual(['verification.submitting']);
      received = (await readAll(request)).toString();
      answers.text(text)(request, response);
    });
    const answer = await post(formOf(submission));
    expect(answer.status).toBe(201);
    expect(await answer.text()).toBe(text);
    expect(received).toBe(formOf(submission));
    expect(upstream.requests).toMatchObject([{ url: '/prefix/v1/verification', headers: { 'x-api-key': KEY } }]);
    expect(upstream.requests[0]?.headers).not.toHaveProperty('cookie');
    const [event] = await eventsOf('verification:41');
    expect(event).toMatchObject({ action: 'verification.submitted', actorName: 'Ana' });
    expect(JSON.parse(event?.payload?.data ?? '').data).toEqual({ submission, idFileName: 'a.jpg', selfieFileName: 'b.mp4' });
  });

  it('holds no more of a large form than what is under way', async () => {
    const chunk = new Uint8Array(2_000_000);
    const chunks = 40;
    const head = Buffer.from(tagsPart(JSON.stringify({ submission: randomUUID() })) + fileHead('idFile'));
    const length = head.length + chunks * chunk.length + Buffer.byteLength(ending);
    let arrived = 0;
    let seen = () => {};
    upstream.answerWith(async (request, response) => {
      for await (const part of request) {
        arrived += part.length;
        seen();
      }
      answers.json(sample)(request, response);
    });
    // Gives the next chunk only when the service has received all before it: whoever gathered the form would wait for ever.
    let given = 0;
    async function* paced(): AsyncGenerator<Uint8Array> {
      yield head;
      for (given = 1; given <= chunks; given += 1) {
        yield chunk;
        const expected = head.length + given * chunk.length;
        while (arrived < expected) {
          await new Promise<void>((resolve) => {
            seen = resolve;
          });
        }
      }
      yield Buffer.from(ending);
    }
    const answer = await post(streamOf(paced()), { length });
    expect(answer.status).toBe(201);
    expect(arrived).toBe(length);
  });

  const unknown: [string, Answer, number][] = [
    ['silence', onceWhole(answers.silence), 504],
    ['a hang-up after the form', onceWhole(answers.hangUp), 504],
    ['a hang-up within the form', answers.hangUp, 504],
    ['silence within the answer', onceWhole(answers.silenceWithin), 504],
    ['an answer that breaks off', onceWhole(answers.cutOff), 502],
    ['a web page', onceWhole(answers.html), 502],
    ['a record without a number', onceWhole(answers.json({ result: {} })), 502],
    ['a fault', onceWhole(answers.status(500)), 503],
    ['a gateway that gave up', onceWhole(answers.status(504)), 503],
  ];
  it.each(unknown)('says that the outcome is unknown after %s, and sends the form once', async (_name, answer, status) => {
    upstream.answerWith(answer);
    const submission = randomUUID();
    const refused = await post(formOf(submission));
    expect(refused.status).toBe(status);
    const error = await errorOf(refused);
    expect(error).toMatchObject({ message: expect.stringMatching(/^Outcome unknown: /), details: { outcome: 'unknown' } });
    expect(JSON.stringify(error)).not.toMatch(/secret-of-the-upstream|key-that-must/);
    expect(upstream.requests).toHaveLength(1);
    expect(await eventsOf(`submission:${submission}`)).toHaveLength(1);
  });

  const refusals: [string, Answer, number][] = [
    ['a wrong key', onceWhole(answers.status(401)), 502],
    ['a full queue', onceWhole(answers.status(503, { 'retry-after': '5' })), 503],
    ['a redirect, which it does not follow', onceWhole(answers.status(302, { location: 'http://192.0.2.1/' })), 502],
    ['an address that takes no submissions', onceWhole(answers.status(404)), 502],
  ];
  it.each(refusals)('refuses plainly after %s: nothing was submitted', async (_name, answer, status) => {
    upstream.answerWith(answer);
    const refused = await post(formOf(randomUUID()));
    expect(refused.status).toBe(status);
    expect(refused.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
    expect(await errorOf(refused)).not.toHaveProperty('details');
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    [415, { message: 'selfieFile must be a picture.', field: 'selfieFile' }, 415, 'selfieFile', /“selfieFile must be a picture\.”$/],
    [413, { message: 'Too large.', field: 'idFile' }, 413, 'idFile', /“Too large\.”$/],
    [422, { detail: [{ loc: ['body', 'tags'], msg: 'not an\n object' }] }, 422, 'tags', /“not an object”$/],
    [422, { message: `your key is ${KEY}`, field: 'elsewhere' }, 422, undefined, /gives no reason\.$/],
  ])('passes on which field a %i means, and why', async (status, body, expected, field, words) => {
    upstream.answerWith(onceWhole((_request, response) => response.writeHead(status).end(JSON.stringify(body))));
    const refused = await post(formOf(randomUUID()));
    expect(refused.status).toBe(expected);
    const error = await errorOf(refused);
    expect(error.field).toBe(field);
    expect(error.message).toMatch(words);
  });

  it('takes an answer that comes before the form has ended, and reads the rest so that the browser sees it', async () => {
    upstream.answerWith(answers.status(413));
    let rest = 60;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (rest === 60) controller.enqueue(Buffer.from(tagsPart(JSON.stringify({ submission: randomUUID() })) + fileHead('idFile')));
        else if (rest > 0) controller.enqueue(new Uint8Array(1_000_000));
        else controller.close();
        rest -= 1;
      },
    });
    expect((await post(endless, { length: 90_000_000 })).status).toBe(413);
    await expect.poll(() => rest).toBeLessThan(0);
  });

  it('sends a form once, whoever repeats it', async () => {
    upstream.answerWith(onceWhole(answers.json(sample)));
    const form = formOf(randomUUID());
    const [first, second] = await Promise.all([post(form), post(form)]);
    expect([first.status, second.status].toSorted()).toEqual([201, 409]);
    expect((await post(form)).status).toBe(409);
    expect(upstream.requests).toHaveLength(1);
  });

  it('does not call a form submitted that broke off on its way here', async () => {
    upstream.answerWith(onceWhole(answers.json(sample)));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(formOf(randomUUID()).slice(0, -10));
      throw new Error('the browser went away');
    }
    const refused = await post(streamOf(broken()), { length: 5000 });
    expect(refused.status).toBe(400);
    expect((await errorOf(refused)).message).toMatch(/nothing was submitted/);
  });

  it('records the result even when nobody waits for it any more', async () => {
    const leaving = new AbortController();
    upstream.answerWith(
      onceWhole((request, response) => {
        leaving.abort();
        answers.json({ result: { ...sample.result, verificationId: 77 } })(request, response);
      }),
    );
    await post(formOf(randomUUID()), { signal: leaving.signal });
    expect((await eventsOf('verification:77')).map(({ action }) => action)).toEqual(['verification.submitted']);
  });

  const forms: [string, string, Sent, number, string | undefined][] = [
    ['another type', '{}', { type: 'application/json' }, 415, undefined],
    ['no boundary', 'x', { type: 'multipart/form-data; a=b' }, 400, undefined],
    ['no length', formOf(randomUUID()), { length: null }, 400, undefined],
    ['more than two files of 50 MB', formOf(randomUUID()), { length: 101_000_000 }, 413, undefined],
    ['files before tags', fileHead('idFile') + ending, {}, 422, 'tags'],
    ['tags that are no object', `${tagsPart('[1]')}${fileHead('idFile')}${ending}`, {}, 422, 'tags'],
    ['no submission tag', `${tagsPart('{"customerId":"1"}')}${fileHead('idFile')}${ending}`, {}, 422, 'tags'],
    ['a submission tag that is none', `${tagsPart('{"submission":"1"}')}${fileHead('idFile')}${ending}`, {}, 422, 'tags'],
    ['tags without end', `${tagsPart(`{"a":"${'x'.repeat(800_000)}`)}`, {}, 422, 'tags'],
    ['nothing', '', {}, 400, undefined],
  ];
  it.each(forms)('refuses a form with %s before anything is sent or recorded', async (_name, body, sent, status, field) => {
    upstream.answerWith(onceWhole(answers.json(sample)));
    const before = await db().auditEvent.count();
    const refused = await post(body, sent);
    expect(refused.status).toBe(status);
    expect((await errorOf(refused)).field).toBe(field);
    expect(upstream.requests).toEqual([]);
    expect(await db().auditEvent.count()).toBe(before);
  });

  it('refuses a role that may not submit, and a stranger', async () => {
    upstream.answerWith(onceWhole(answers.json(sample)));
    expect((await post(formOf(randomUUID()), { cookie: auditor })).status).toBe(403);
    expect((await post(formOf(randomUUID()), { cookie: '' })).status).toBe(401);
    expect(upstream.requests).toEqual([]);
  });

  it('refuses plainly while nobody listens', async () => {
    await upstream.close();
    const refused = await post(formOf(randomUUID()));
    expect(refused.status).toBe(503);
    expect(await errorOf(refused)).not.toHaveProperty('details');
  });
});
