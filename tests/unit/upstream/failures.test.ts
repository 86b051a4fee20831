import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { closeUpstream } from '@/lib/upstream/connection';
import { type OpenFile, openFile } from '@/lib/upstream/file';
import { getVerification } from '@/lib/upstream/get';
import { askHealth } from '@/lib/upstream/health';
import { listVerifications } from '@/lib/upstream/list';
import sample from '../../fixtures/upstream/sample.json';
import { type Answer, answers, type HostileUpstream, startHostileUpstream } from '../../helpers/hostile-upstream';

const KEY = 'key-that-must-stay-on-the-server';
let upstream: HostileUpstream;

beforeAll(async () => {
  upstream = await startHostileUpstream();
  process.env.VERIFICATION_API_URL = `${upstream.url}/prefix/v1/`;
  process.env.VERIFICATION_API_KEY = KEY;
  process.env.UPSTREAM_TIMEOUT_MS = '300';
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
});

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const failure = await work.then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  );
  if (failure instanceof Refusal) return failure;
  throw failure;
}

const textOf = ({ body }: OpenFile) => readText(body ?? Readable.from([]));
const tomorrow = () => new Date(Date.now() + 86_400_000).toUTCString();

describe('a failing upstream', () => {
  const failures: [string, Answer, string][] = [
    ['a web page', answers.html, 'upstream-unreadable'],
    ['half a JSON text', answers.text('{"totalCount":1,"data":[{'), 'upstream-unreadable'],
    ['nothing', answers.text(''), 'upstream-unreadable'],
    ['an array', answers.text('[]'), 'upstream-unreadable'],
    ['an answer that breaks off', answers.cutOff, 'upstream-unreadable'],
    ['more than memory should hold', answers.huge, 'upstream-unreadable'],
    ['a redirect', answers.status(302, { location: 'http://192.0.2.1/' }), 'upstream-unreadable'],
    ['no content', (_request, response) => response.writeHead(204).end(), 'upstream-unreadable'],
    ['a part nobody asked for', (_request, response) => response.writeHead(206).end('{}'), 'upstream-unreadable'],
    ['something that is not HTTP', (request) => request.socket.end('garbage\r\n\r\n'), 'upstream-unreadable'],
    ['silence', answers.silence, 'upstream-timeout'],
    ['silence in the middle', answers.silenceWithin, 'upstream-timeout'],
    ['an endless drip', answers.drip, 'upstream-timeout'],
    ['a hang-up', answers.hangUp, 'upstream-unavailable'],
    ['400', answers.status(400), 'upstream-refused'],
    ['401', answers.status(401), 'upstream-refused'],
    ['402', answers.status(402), 'upstream-refused'],
    ['403', answers.status(403), 'upstream-refused'],
    ['404', answers.status(404), 'not-found'],
    ['429', answers.status(429), 'upstream-unavailable'],
    ['500', answers.status(500), 'upstream-unavailable'],
    ['503', answers.status(503), 'upstream-unavailable'],
  ];

  it.each(failures)('that sends %s is refused by list and get as %#', async (_name, answer, code) => {
    upstream.answerWith(answer);
    for (const work of [() => listVerifications(DEFAULT_QUERY), () => getVerification(5)]) {
      const refusal = await refusalOf(work());
      expect(refusal.code).toBe(code);
      expect(refusal.message).not.toMatch(/secret-of-the-upstream|key-that-must/);
    }
  });

  it('that asks to wait passes its Retry-After on, in seconds, also when it names a date', async () => {
    upstream.answerWith(answers.status(429, { 'retry-after': '7' }));
    expect((await refusalOf(listVerifications(DEFAULT_QUERY))).retryAfter).toBe(7);
    upstream.answerWith(answers.status(503, { 'retry-after': tomorrow() }));
    expect((await refusalOf(listVerifications(DEFAULT_QUERY))).retryAfter).toBeGreaterThan(86_000);
    upstream.answerWith(answers.status(429, { 'retry-after': 'soon' }));
    expect((await refusalOf(listVerifications(DEFAULT_QUERY))).retryAfter).toBeUndefined();
  });

  it('that hangs up on a kept connection is asked once more, and only once', async () => {
    upstream.answerWith((request, response) =>
      upstream.requests.length === 1 ? request.socket.destroy() : answers.json({ totalCount: 0, data: [] })(request, response),
    );
    await listVerifications(DEFAULT_QUERY);
    expect(upstream.requests).toHaveLength(2);
    upstream.answerWith(answers.hangUp);
    await refusalOf(listVerifications(DEFAULT_QUERY));
    expect(upstream.requests).toHaveLength(2);
  });

  it('that answers with another record than the one asked for is unreadable', async () => {
    upstream.answerWith(answers.json(sample));
    expect((await getVerification(5)).verification.id).toBe(5);
    expect((await refusalOf(getVerification(6))).code).toBe('upstream-unreadable');
  });

  it('is told apart by its health, which names the reason', async () => {
    upstream.answerWith(answers.json({ totalCount: 0, data: [] }));
    expect(await askHealth()).toEqual({ upstream: 'ok', engine: 'not-used' });
    upstream.answerWith(answers.status(401));
    expect(await askHealth()).toEqual({ upstream: 'upstream-refused', engine: 'not-used' });
  });
});

describe('a request', () => {
  it('carries the key in its header only, all list parameters, and the prefix of the configured address', async () => {
    upstream.answerWith(answers.json({ totalCount: 0, data: [] }));
    await listVerifications({ ...DEFAULT_QUERY, tag: { name: 'note', value: 'a=b&c,d é' } });
    const [seen] = upstream.requests;
    const url = new URL(seen?.url ?? '', upstream.url);
    expect(url.pathname).toBe('/prefix/v1/verification');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      limit: '25',
      offset: '0',
      sortBy: 'timestamp',
      direction: 'desc',
      tagFilter: 'note=a=b&c,d é',
    });
    expect(seen?.headers['x-api-key']).toBe(KEY);
    expect(seen?.url).not.toContain(KEY);
  });

  it('that its caller gives up ends at once and is no refusal', async () => {
    upstream.answerWith(answers.silence);
    const controller = new AbortController();
    const asked = listVerifications(DEFAULT_QUERY, controller.signal);
    controller.abort();
    await expect(asked).rejects.not.toBeInstanceOf(Refusal);
  });

  it('gives the bytes of a list as they came', async () => {
    const page = '{ "totalCount":1.0,\n "data" : [ {"verificationId": 1, "x":1e2} ] }\n';
    upstream.answerWith(answers.text(page));
    expect(new TextDecoder().decode((await listVerifications(DEFAULT_QUERY)).bytes)).toBe(page);
  });

  it('gives a record the same fingerprint whatever its white space and key order, and another one for another value', async () => {
    const hashOf = async (text: string) => {
      upstream.answerWith(answers.text(text));
      return (await getVerification(5)).snapshotHash;
    };
    const first = await hashOf('{"result":{"verificationId":5,"tags":[{"name":"a","value":"b"}]}}');
    expect(await hashOf('{ "result": {"tags":[{"value":"b", "name":"a"}], "verificationId":5} }')).toBe(first);
    expect(await hashOf('{"result":{"verificationId":5,"tags":[{"name":"a","value":"c"}]}}')).not.toBe(first);
  });
});

describe('openFile', () => {
  const bytes = Buffer.from('0123456789');

  it('forwards Range and If-None-Match and describes what came back', async () => {
    upstream.answerWith(answers.file(bytes, 'image/jpeg'));
    const whole = await openFile('v_id_5_a b.jpg', {});
    expect(whole).toMatchObject({ status: 200, contentType: 'image/jpeg', contentLength: 10, etag: '"one"', acceptRanges: 'bytes' });
    expect(await textOf(whole)).toBe('0123456789');
    expect(upstream.requests[0]?.url).toBe('/prefix/v1/files/v_id_5_a%20b.jpg');
    const part = await openFile('a', { range: 'bytes=2-4', ifRange: '"one"' });
    expect(part).toMatchObject({ status: 206, contentLength: 3, contentRange: 'bytes 2-4/10' });
    expect(await textOf(part)).toBe('234');
    const unchanged = await openFile('a', { ifNoneMatch: '"one"' });
    expect(unchanged).toMatchObject({ status: 304, body: null });
    expect((await refusalOf(openFile('a', { range: 'bytes=10-' }))).code).toBe('range-not-satisfiable');
  });

  it('accepts the whole file from a service that ignores Range', async () => {
    upstream.answerWith(answers.file(bytes, 'image/jpeg', { ignoreRange: true }));
    const file = await openFile('a', { range: 'bytes=2-4' });
    expect(file).toMatchObject({ status: 200, contentRange: null });
    expect(await textOf(file)).toBe('0123456789');
  });

  it('refuses a part nobody asked for', async () => {
    upstream.answerWith((_request, response) => response.writeHead(206, { 'content-range': 'bytes 0-0/9' }).end('0'));
    expect((await refusalOf(openFile('a', {}))).code).toBe('upstream-unreadable');
  });

  it.each([
    [404, 'not-found'],
    [401, 'upstream-refused'],
    [500, 'upstream-unavailable'],
  ])('refuses status %i as %s', async (status, code) => {
    upstream.answerWith(answers.status(status));
    expect((await refusalOf(openFile('a', {}))).code).toBe(code);
  });

  it('breaks the stream when the bytes stop or fall short, and never ends it as if whole', async () => {
    for (const answer of [answers.cutOff, answers.silenceWithin]) {
      upstream.answerWith(answer);
      const file = await openFile('a', {});
      await expect(textOf(file)).rejects.toThrow();
    }
  });
});
