import { createHash } from 'node:crypto';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getFrame } from '@/app/api/files/[name]/frame/route';
import { GET as getFile } from '@/app/api/files/[name]/route';
import { GET as getHealth } from '@/app/api/health/route';
import { GET as getMe } from '@/app/api/me/route';
import { GET as getNeighbours } from '@/app/api/verifications/[id]/neighbours/route';
import { GET as getVerification } from '@/app/api/verifications/[id]/route';
import { GET as listVerifications } from '@/app/api/verifications/route';
import { resumeSigning, stopSigning } from '@/lib/audit/log-state';
import { startSession } from '@/lib/auth/sessions';
import { addUser, disableUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { closeUpstream } from '@/lib/upstream/connection';
import { clipMaker, H264 } from '../engine/video-clips';
import sample from '../fixtures/upstream/sample.json';
import { clipOf, jpegOf } from '../helpers/file-upstream';
import { answers, type HostileUpstream, startHostileUpstream } from '../helpers/hostile-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const KEY = 'key-that-must-stay-on-the-server';
const SECRET = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let upstream: HostileUpstream;
let cookie = '';

beforeAll(async () => {
  upstream = await startHostileUpstream();
  database = await testDatabase();
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: KEY,
    NEXTAUTH_SECRET: SECRET,
    UPSTREAM_TIMEOUT_MS: '500',
    LOG_LEVEL: 'silent',
  });
  cookie = await signedIn('analyst@example.test');
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

async function signedIn(email: string): Promise<string> {
  await addUser(SYSTEM_ACTOR, { email, name: 'Ana', role: 'analyst', password: null });
  const { id } = await db().user.findUniqueOrThrow({ where: { email } });
  const sid = await startSession({ requestId: 'test', ip: null, userAgent: null }, id, 'password');
  return `next-auth.session-token=${await encode({ token: { sid }, secret: SECRET })}`;
}

type Handler<Params> = (request: NextRequest, context: { params: Promise<Params> }) => Promise<Response>;

/** Calls a route the way the server does, signed in unless told otherwise. */
function call<Params>(
  handler: Handler<Params>,
  address: string,
  params: Params,
  headers: Record<string, string> = { cookie },
): Promise<Response> {
  return handler(new NextRequest(new URL(address, 'http://localhost:3000'), { headers }), { params: Promise.resolve(params) });
}

const none: Record<string, never> = {};
const file = (name: string, headers: Record<string, string> = {}) =>
  call(getFile, `/api/files/${encodeURIComponent(name)}`, { name }, { cookie, ...headers });

describe('every route of records', () => {
  const routes: [string, (headers?: Record<string, string>) => Promise<Response>][] = [
    ['the list', (headers) => call(listVerifications, '/api/verifications', none, headers)],
    ['a record', (headers) => call(getVerification, '/api/verifications/5', { id: '5' }, headers)],
    ['neighbours', (headers) => call(getNeighbours, '/api/verifications/5/neighbours', { id: '5' }, headers)],
    ['a file', (headers) => call(getFile, '/api/files/a.jpg', { name: 'a.jpg' }, headers)],
    ['a frame', (headers) => call(getFrame, '/api/files/a.mp4/frame', { name: 'a.mp4' }, headers)],
    ['who am I', (headers) => call(getMe, '/api/me', none, headers)],
  ];

  it.each(routes)('asks who is there: %s', async (_name, ask) => {
    upstream.answerWith(answers.json(sample));
    for (const headers of [{}, { cookie: 'next-auth.session-token=forged' }] as Record<string, string>[]) {
      const answer = await ask(headers);
      expect(answer.status).toBe(401);
      expect((await answer.json()).error.code).toBe('not-signed-in');
    }
    expect(upstream.requests).toEqual([]);
  });

  it('shuts out a user who was disabled, with the same cookie', async () => {
    const other = await signedIn('other@example.test');
    expect((await call(getMe, '/api/me', none, { cookie: other })).status).toBe(200);
    await disableUser(SYSTEM_ACTOR, 'other@example.test');
    expect((await call(getMe, '/api/me', none, { cookie: other })).status).toBe(401);
  });
});

describe('GET /api/verifications', () => {
  it('hands the upstream’s bytes on as they came', async () => {
    const page = '{ "totalCount" : 1.0, "data" : [ {"verificationId": 1} ] }';
    upstream.answerWith(answers.text(page));
    const answer = await call(listVerifications, '/api/verifications?limit=50&tagFilter=a%3Db', none);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(page);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(upstream.requests[0]?.url).toBe('/v1/verification?limit=50&offset=0&sortBy=timestamp&direction=desc&tagFilter=a%3Db');
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1e1', 'limit'],
    ['offset=-1', 'offset'],
    ['sortBy=name', 'sortBy'],
    ['direction=up', 'direction'],
    ['tagFilter=customer', 'tagFilter'],
    ['limit=25&limit=50', 'limit'],
  ])('refuses %s and names it, without asking the upstream', async (query, field) => {
    upstream.answerWith(answers.json(sample));
    const answer = await call(listVerifications, `/api/verifications?${query}`, none);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatchObject({ code: 'bad-request', field });
    expect(upstream.requests).toEqual([]);
  });

  it.each([
    ['a web page', answers.html, 502, 'upstream-unreadable'],
    ['401', answers.status(401), 502, 'upstream-refused'],
    ['429', answers.status(429, { 'retry-after': '9' }), 503, 'upstream-unavailable'],
    ['silence', answers.silence, 504, 'upstream-timeout'],
  ])('tells %s of the upstream in the console’s own words, without the key', async (_name, given, status, code) => {
    upstream.answerWith(given);
    const answer = await call(listVerifications, '/api/verifications', none);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('retry-after')).toBe(status === 503 ? '9' : null);
    const body = await answer.text();
    expect(JSON.parse(body).error).toMatchObject({ code, requestId: answer.headers.get('x-request-id') });
    expect(body).not.toMatch(/secret-of-the-upstream|key-that-must/);
  });
});

describe('GET /api/verifications/{id}', () => {
  it('hands the record’s bytes on', async () => {
    upstream.answerWith(answers.json(sample));
    const answer = await call(getVerification, '/api/verifications/5', { id: '5' });
    expect(await answer.json()).toEqual(sample);
  });

  it('refuses what is no whole number, and tells a missing record from a failing upstream', async () => {
    expect((await call(getVerification, '/api/verifications/x', { id: '5/../6' })).status).toBe(400);
    upstream.answerWith(answers.status(404));
    expect((await call(getVerification, '/api/verifications/6', { id: '6' })).status).toBe(404);
    upstream.answerWith(answers.status(500));
    expect((await call(getVerification, '/api/verifications/6', { id: '6' })).status).toBe(503);
  });
});

describe('GET /api/files/{name}/frame', () => {
  const frame = (name: string, at: string) => call(getFrame, `/api/files/${name}/frame?at=${at}`, { name }, { cookie });

  it('answers with one frame as a JPEG that names its own time, and never lets it be stored', async () => {
    const clips = await clipMaker();
    const clip = await clips.make(['-f', 'lavfi', '-i', 'color=s=64x48:r=10:d=1'], 'a.mp4', H264);
    clips.dispose();
    upstream.answerWith(answers.file(clip, 'video/mp4'));
    const answer = await frame('v_face_8_a.mp4', '450');
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store, no-transform',
      'x-clip-size': '64x48',
      'x-clip-codec': expect.stringContaining('H.264'),
    });
    expect(Number(answer.headers.get('x-frame-time-ms'))).toBeLessThanOrEqual(450);
    expect([...new Uint8Array(await answer.arrayBuffer()).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  it.each(['-1', 'soon', '1e99', 'NaN'])('refuses the moment %j', async (at) => {
    expect((await frame('v_face_8_a.mp4', at)).status).toBe(400);
  });

  it('says why there is none of what is no clip', async () => {
    upstream.answerWith(answers.file(jpegOf('p', 40), 'image/jpeg'));
    const answer = await frame('v_id_8_a.jpg', '0');
    expect(answer.status).toBe(415);
    expect((await answer.json()).error.message).toMatch(/not a clip/);
  });
});

describe('GET /api/files/{name}', () => {
  const bytes = jpegOf('p', 40);
  const clip = clipOf('c', 40);
  const viewsOf = (subject: string) => db().auditEvent.count({ where: { action: 'evidence.viewed', subject } });

  it('streams the file, keeps its hash, and records who opened it, once', async () => {
    upstream.answerWith(answers.file(bytes, 'image/jpeg'));
    const answer = await file('v_id_5_passport.jpg');
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(bytes.length),
      'cache-control': expect.stringContaining('private, no-store'),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': expect.stringMatching(/^inline;/),
      'accept-ranges': 'bytes',
    });
    const kept = await db().evidenceHash.findMany({ where: { name: 'v_id_5_passport.jpg' } });
    expect(kept).toMatchObject([{ sha256: createHash('sha256').update(bytes).digest('hex'), size: BigInt(bytes.length) }]);
    await (await file('v_id_5_passport.jpg', { range: 'bytes=0-3' })).arrayBuffer();
    await (await file('v_id_5_passport.jpg', { range: 'bytes=4-' })).arrayBuffer();
    expect(await viewsOf('verification:5')).toBe(1);
  });

  it('records a look before the first byte, even when nobody reads on', async () => {
    upstream.answerWith(answers.file(bytes, 'image/jpeg'));
    const answer = await file('odd name é.jpg');
    expect(await viewsOf('file:odd name é.jpg')).toBe(1);
    await answer.body?.cancel();
    expect(await db().evidenceHash.count({ where: { name: 'odd name é.jpg' } })).toBe(0);
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="odd name _.jpg"; filename*=UTF-8\'\'odd%20name%20%C3%A9.jpg');
  });

  it('forwards ranges and conditions, and reads a file whole in the background that is opened in parts', async () => {
    upstream.answerWith(answers.file(clip, 'video/mp4'));
    const part = await file('v_face_5_a.mp4', { range: 'bytes=4-8', 'if-range': '"one"' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 4-8/${clip.length}`);
    expect(await part.text()).toBe('ftypi');
    expect(upstream.requests.find(({ url, headers }) => url.startsWith('/v1/files/') && headers.range)?.headers).toMatchObject({
      range: 'bytes=4-8',
      'if-range': '"one"',
      'x-api-key': KEY,
    });
    // Five bytes are no file: it is read whole in the background.
    const kept = () => db().evidenceHash.findMany({ where: { name: 'v_face_5_a.mp4' } });
    await expect.poll(kept).toMatchObject([{ sha256: createHash('sha256').update(clip).digest('hex') }]);
    await (await file('v_face_5_a.mp4', { range: 'bytes=0-' })).arrayBuffer();
    expect(await kept()).toHaveLength(1);
    expect((await file('v_face_5_a.mp4', { 'if-none-match': '"one"' })).status).toBe(304);
    expect((await file('v_face_5_a.mp4', { range: `bytes=${clip.length}-` })).status).toBe(416);
  });

  it.each(['..', '.', 'a/b', '../../etc/passwd', 'a\\b', 'a\nb', 'http://192.0.2.1/a', ''])('refuses the name %j', async (name) => {
    upstream.answerWith(answers.file(bytes, 'image/jpeg'));
    expect((await call(getFile, '/api/files/x', { name })).status).toBe(400);
    expect(upstream.requests).toEqual([]);
  });

  it.each(['text/html', 'image/svg+xml', 'application/javascript', 'text/html; charset=utf-8', ''])(
    'never lets %j act as a page',
    async (type) => {
      upstream.answerWith(answers.file(Buffer.from('<script>alert(1)</script>'), type));
      const answer = await file('v_id_6_page.html');
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
      await answer.arrayBuffer();
    },
  );

  it('records nothing and answers 404 for a file the upstream lacks', async () => {
    upstream.answerWith(answers.status(404));
    expect((await file('v_id_77_gone.jpg')).status).toBe(404);
    expect(await viewsOf('verification:77')).toBe(0);
  });

  it('breaks off when the upstream does, and keeps no hash of what was not whole', async () => {
    upstream.answerWith(answers.cutOff);
    expect((await file('v_id_8_cut.jpg')).status).toBe(502);
    expect(await db().evidenceHash.count({ where: { name: 'v_id_8_cut.jpg' } })).toBe(0);
  });
});

describe('GET /api/health', () => {
  it('needs no sign-in, is 503 while the upstream refuses and 200 once all answer', async () => {
    upstream.answerWith(answers.status(401));
    const failing = await call(getHealth, '/api/health', none, {});
    expect(failing.status).toBe(503);
    const audit = { signing: 'on', reason: null, appends: 'open', compared: null };
    expect(await failing.json()).toEqual({ ready: false, database: 'ok', upstream: 'upstream-refused', engine: 'not-used', audit });
    upstream.answerWith(answers.json({ totalCount: 0, data: [] }));
    const ready = await call(getHealth, '/api/health', none, {});
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ ready: true, database: 'ok', upstream: 'ok', engine: 'not-used', audit });
    // It is so for every console: taken away by a load balancer, none could say why.
    await stopSigning({ kind: 'behind', reason: 'Event 9 was signed and is not in the database.' });
    const closed = await call(getHealth, '/api/health', none, {});
    expect(closed.status).toBe(200);
    expect(await closed.json()).toMatchObject({ ready: true, audit: { signing: 'stopped', reason: 'behind', appends: 'closed' } });
    await resumeSigning();
  });
});
