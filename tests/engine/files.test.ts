import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNA, form, selfie } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';

let engine: RunningEngine;
let picture: Buffer;
const FILE = '/v1/files/v_id_1_passport.jpg';

beforeAll(async () => {
  picture = await selfie(ANNA);
  engine = await runEngine();
  expect((await engine.submit(form({ id: picture, selfie: picture }))).status).toBe(200);
});

afterAll(() => engine.dispose());

const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('GET of a file', () => {
  it('answers the very bytes with type, length and a tag, and forbids sniffing', async () => {
    const response = await engine.get(FILE);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{ 'content-type': 'image/jpeg', 'content-length': String(picture.length) },
      ...{ 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes', etag: expect.stringMatching(/^"[0-9a-f]{64}"$/) },
    });
    expect((await bytes(response)).equals(picture)).toBe(true);
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, null],
    ['bytes=-50', -50, null],
    ['bytes=10-99999999', 10, null],
  ])('answers the range %s', async (range, start, end) => {
    const response = await engine.get(FILE, { range });
    const expected = picture.subarray(start, end ?? undefined);
    expect(response.status).toBe(206);
    expect(response.headers.get('content-length')).toBe(String(expected.length));
    const first = start < 0 ? picture.length + start : start;
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${first + expected.length - 1}/${picture.length}`);
    expect((await bytes(response)).equals(expected)).toBe(true);
  });

  it('answers 416 beyond the end, and the whole file to what is no single byte range', async () => {
    const beyond = await engine.get(FILE, { range: `bytes=${picture.length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${picture.length}`);
    for (const range of ['bytes=0-1,5-6', 'bytes=5-1', 'lines=1-2', 'bytes=-']) {
      expect((await engine.get(FILE, { range })).status, range).toBe(200);
    }
  });

  it('honours If-None-Match, and a range only when If-Range still holds', async () => {
    const etag = (await engine.get(FILE)).headers.get('etag') ?? '';
    const unchanged = await engine.get(FILE, { 'if-none-match': `"other", W/${etag}` });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
    expect((await engine.get(FILE, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await engine.get(FILE, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await engine.get(FILE, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });

  it.each([
    'v_id_1_other.jpg',
    'v_face_1_passport.jpg',
    'passport.jpg',
    'v_id_1_',
    '..%2Fmodels%2Ffr_eye.onnx',
    'v_id_1_..%2Fpassport.jpg',
  ])('answers 404 to the foreign name %s', async (name) => {
    const response = await engine.get(`/v1/files/${name}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ statusCode: 404 });
  });

  it('answers 404 when the file is gone from the disk, and still shows its record', async () => {
    rmSync(path.join(engine.dataDir, 'engine/files/0/1-face'));
    expect((await engine.get('/v1/files/v_face_1_selfie.jpg')).status).toBe(404);
    expect((await engine.get('/v1/verification/1')).status).toBe(200);
  });
});
