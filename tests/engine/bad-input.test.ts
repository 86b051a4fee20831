import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, form, selfie } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';

let engine: RunningEngine;
let picture: Buffer;

beforeAll(async () => {
  picture = await selfie(ANNA);
  engine = await runEngine();
});

afterAll(() => engine.dispose());

async function total(): Promise<number> {
  return (await (await engine.get('/v1/verification?limit=1')).json()).totalCount;
}

function leftOnDisk(): string[] {
  return readdirSync(path.join(engine.dataDir, 'engine'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

/** Asserts the contract's error shape, the field named in both places, and that nothing was stored. */
async function expectRefusal(response: Response, status: number, field: string | null): Promise<string> {
  const body = await response.json();
  expect(body).toMatchObject({ statusCode: status, error: expect.any(String), message: expect.any(String) });
  expect(response.status).toBe(status);
  if (field !== null) {
    expect(body.field).toBe(field);
    expect(body.message).toContain(field);
  }
  expect(await total()).toBe(0);
  expect(leftOnDisk()).toEqual([]);
  return body.message;
}

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600"/></svg>');
const GIF = Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff;', 'latin1');
const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.from('ftypisom\0\0\x02\0isomiso2avc1mp41'), Buffer.alloc(4000)]);
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n');

describe.each(['idFile', 'selfieFile'] as const)('a bad %s', (field) => {
  const send = (bytes: Buffer, name = 'photo.jpg') =>
    engine.submit(
      field === 'idFile' ? form({ id: bytes, idName: name, selfie: picture }) : form({ id: picture, selfie: bytes, selfieName: name }),
    );

  it.each([
    ['an SVG named jpg', SVG, 'photo.jpg'],
    ['a GIF named png', GIF, 'photo.png'],
    ['a PDF', PDF, 'passport.pdf'],
    ['text', Buffer.from('hello'), 'photo.jpg'],
  ])('is refused with 415 when it is %s', async (_what, bytes, name) => {
    await expectRefusal(await send(bytes, name), 415, field);
  });

  it('is refused when it is a video named png: on the ID as a wrong kind, as a selfie because this one shows nothing', async () => {
    await expectRefusal(await send(MP4, 'photo.png'), field === 'idFile' ? 415 : 422, field);
  });

  it('is refused with 422 when it is empty', async () => {
    await expectRefusal(await send(Buffer.alloc(0)), 422, field);
  });

  it('is refused with 422 when it is cut off, in the middle or in its header', async () => {
    await expectRefusal(await send(picture.subarray(0, picture.length >> 1)), 422, field);
    await expectRefusal(await send(picture.subarray(0, 12)), 422, field);
  });

  it('is refused with 422 when a small file unpacks to more than 40 million pixels', async () => {
    const bomb = await sharp({ create: { width: 7000, height: 6000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await expectRefusal(await send(bomb), 422, field)).toContain('7000 x 6000');
  });

  it('is refused with 413 above 50 MB, after which the connection still works', async () => {
    await expectRefusal(await send(Buffer.concat([picture, Buffer.alloc(50_100_000 - picture.length)])), 413, field);
  });

  it('is refused with 422 when it is missing or no file', async () => {
    await expectRefusal(await engine.submit(field === 'idFile' ? form({ selfie: picture }) : form({ id: picture })), 422, field);
    const text = form(field === 'idFile' ? { selfie: picture } : { id: picture });
    text.set(field, 'not a file');
    await expectRefusal(await engine.submit(text), 422, field);
  });

  it('is refused with 422 when it is sent twice', async () => {
    const twice = form({ id: picture, selfie: picture });
    twice.append(field, new Blob([new Uint8Array(picture)]), 'again.jpg');
    await expectRefusal(await engine.submit(twice), 422, field);
  });
});

describe('bad tags', () => {
  it.each([
    ['are no JSON', 'customerId=9999'],
    ['are an array', '["a"]'],
    ['are a string', '"a"'],
    ['are null', 'null'],
    ['hold an object', '{"a":{"b":1}}'],
    ['hold null', '{"a":null}'],
    ['hold an empty name', '{"":"a"}'],
    ['hold a number that loses digits', '{"account":12345678901234567890}'],
    ['hold a NUL', '{"a":"\\u0000"}'],
    ['hold half a surrogate pair', '{"a":"\\ud800"}'],
    ['hold 500 entries', JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`t${i}`, i])))],
    ['hold a name of 101 characters', JSON.stringify({ ['n'.repeat(101)]: 1 })],
    ['hold a value of 501 characters', JSON.stringify({ a: 'v'.repeat(501) })],
    ['are a megabyte', JSON.stringify({ a: 'v'.repeat(1_000_000) })],
  ])('are refused with 422 when they %s', async (_what, tags) => {
    await expectRefusal(await engine.submit(form({ id: picture, selfie: picture, tags })), 422, 'tags');
  });
});

describe('a bad request', () => {
  const raw = (body: string | Uint8Array<ArrayBuffer>, contentType: string) =>
    fetch(`${engine.url}/v1/verification`, { method: 'POST', headers: { 'x-api-key': engine.key, 'content-type': contentType }, body });

  it('is refused with 415 when it is no multipart form', async () => {
    await expectRefusal(await raw('{}', 'application/json'), 415, null);
  });

  it('is refused with 400 when its form has no boundary, ends early or is rubbish', async () => {
    await expectRefusal(await raw('x', 'multipart/form-data'), 400, null);
    await expectRefusal(await raw('rubbish', 'multipart/form-data; boundary=b'), 400, null);
    const whole = new Uint8Array(await new Response(form({ id: picture, selfie: picture })).arrayBuffer());
    const boundary = Buffer.from(whole.subarray(2, 100)).toString('latin1').split('\r\n')[0];
    await expectRefusal(await raw(whole.slice(0, whole.length - 3000), `multipart/form-data; boundary=${boundary}`), 400, null);
  });

  it('is refused with 401 without the right key, and Bearer counts when both are sent', async () => {
    const status = async (headers: Record<string, string>) => (await fetch(`${engine.url}/v1/verification`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ 'x-api-key': 'wrong' })).toBe(401);
    expect(await status({ 'x-api-key': engine.key })).toBe(200);
    expect(await status({ authorization: `Bearer ${engine.key}` })).toBe(200);
    expect(await status({ authorization: 'Bearer wrong', 'x-api-key': engine.key })).toBe(401);
    expect(await status({ authorization: `Bearer ${engine.key}`, 'x-api-key': 'wrong' })).toBe(200);
    const refused = await fetch(`${engine.url}/v1/verification`, { method: 'POST', body: form({ id: picture, selfie: picture }) });
    expect(await refused.json()).toEqual({ statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' });
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=',
    'offset=-1',
    'offset=1.5',
    'sortBy=name',
    'direction=up',
    'tagFilter=customerId',
    'tagFilter==1',
  ])('is refused with 400 that names the parameter for ?%s', async (query) => {
    await expectRefusal(await engine.get(`/v1/verification?${query}`), 400, query.split('=')[0] ?? null);
  });

  it('is answered 404 for what does not exist, in the contract shape', async () => {
    for (const address of ['/v1/verification/1', '/v1/verification/99999999999999999999', '/v1/files/v_id_1_a.jpg', '/v1/nothing', '/']) {
      await expectRefusal(await engine.get(address), 404, null);
    }
    await expectRefusal(await engine.get('/v1/verification/first'), 400, 'verificationId');
  });
});

describe('strange file names', () => {
  beforeEach(() => expect(leftOnDisk().every((name) => /^\d+-(id|face)$/.test(name))).toBe(true));

  it.each([
    ['a path', '../../etc/pass wd.jpg', 'pass wd.jpg'],
    ['a Windows path', 'C:\\photos\\me.jpg', 'me.jpg'],
    ['unicode', 'Паспорт 護照 ñ 😀.jpg', 'Паспорт 護照 ñ 😀.jpg'],
    ['per cent, question mark and hash', '100%25 sure?#.jpg', '100%25 sure?#.jpg'],
    ['300 characters', `${'é'.repeat(296)}.jpg`, `${'é'.repeat(196)}.jpg`],
    ['dots only', '..', 'file.jpeg'],
    ['direction overrides', 'a\u202egnp.jpg', 'agnp.jpg'],
  ])('are kept readable and the file stays reachable: %s', async (_what, sent, kept) => {
    const response = await engine.submit(form({ id: picture, selfie: picture, idName: sent }));
    expect(response.status).toBe(200);
    const { result } = await response.json();
    expect(result.idFileName).toBe(kept);
    const file = await engine.get(new URL(result.files[0].url).pathname);
    expect(file.status).toBe(200);
    expect(Buffer.from(await file.arrayBuffer()).equals(picture)).toBe(true);
  });
});
