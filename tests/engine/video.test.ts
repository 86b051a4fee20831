import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireVerification } from '@/lib/wire/record';
import { checksOf } from './checks-of';
import { ANNA, BORIS, card, form, selfie } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';
import { type ClipMaker, clipMaker, H264, MOVED_STILLS } from './video-clips';

let engine: RunningEngine;
let clips: ClipMaker;
let id: Buffer;
let living: Buffer;
/** What the service says of the living person on the card. */
let livingRecord: WireVerification;

beforeAll(async () => {
  clips = await clipMaker();
  id = await card(ANNA);
  living = await clips.living(ANNA, 'living.mp4', H264);
  engine = await runEngine();
  livingRecord = await verify(living);
});

afterAll(async () => {
  clips.dispose();
  await engine.dispose();
});

async function verify(video: Buffer, selfieName = 'selfie.mp4', portrait = id): Promise<WireVerification> {
  const response = await engine.submit(form({ id: portrait, selfie: video, selfieName }));
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()).result;
}

function boxOf(record: WireVerification) {
  const [face] = checksOf(record).faces.selfieFaces;
  if (face === undefined) throw new Error('The face is missing.');
  return face.boundingBox;
}

describe('a selfie video', () => {
  it('verifies the living person on the card, and every check says which frame it is of', async () => {
    const { faces, match, spoof } = checksOf(livingRecord);
    expect(livingRecord).toMatchObject({ verified: true, selfieFileType: 'mp4', selfieFileSize: living.length });
    expect(faces.faceCount).toEqual({ id: 2, selfie: 1 });
    expect(match).toMatchObject({ outcome: 'pass', reason: null });
    expect(spoof).toMatchObject({ outcome: 'pass', reason: null, motion: { frames: 8, threshold: 0.99 } });
    expect(spoof.motion?.rigidity).toBeLessThan(0.99);
    for (const { frameTimeMs } of [faces, match, spoof]) {
      expect(Number.isInteger(frameTimeMs)).toBe(true);
      expect(frameTimeMs).toBeGreaterThanOrEqual(0);
      expect(frameTimeMs).toBeLessThan(2700);
    }
    const file = await engine.get(new URL(livingRecord.files[1]?.url ?? '').pathname, { range: 'bytes=0-99' });
    expect(file.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await file.arrayBuffer()).equals(living.subarray(0, 100))).toBe(true);
  });

  it('reports the face where the named frame has it', async () => {
    const { frameTimeMs = 0 } = checksOf(livingRecord).faces;
    const args = ['-ss', String(frameTimeMs / 1000), '-frames:v', '1'];
    const frame = await clips.make(['-i', clips.place('living.mp4')], 'frame.png', args);
    const picture = await (await engine.submit(form({ id, selfie: frame }))).json();
    const [a, b] = [boxOf(livingRecord), boxOf(picture.result)];
    for (const side of ['x1', 'x2', 'y1', 'y2'] as const) expect(Math.abs(a[side] - b[side])).toBeLessThan(8);
  });

  it('fails the match of another person', async () => {
    const { match } = checksOf(await verify(living, 'selfie.mp4', await card(BORIS)));
    expect(match.outcome).toBe('fail');
  });

  it.each(Object.entries(MOVED_STILLS))('fails as a spoof when it is a still picture %s', async (_how, filters) => {
    const record = await verify(await clips.still(ANNA, filters));
    const { match, spoof } = checksOf(record);
    expect(match.outcome).toBe('pass');
    expect(spoof).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(/flat picture|Nothing in the face moves/) });
    expect(spoof.motion?.rigidity).toBeGreaterThan(0.99);
    expect(record.verified).toBe(false);
  });

  it.each([
    ['mov', 'clip.mov', H264, 'mov', 'video/quicktime'],
    ['fragmented mp4', 'fragmented.mp4', [...H264, '-movflags', 'frag_keyframe+empty_moov'], 'mp4', 'video/mp4'],
    ['MPEG-4 part 2', 'part2.mp4', ['-c:v', 'mpeg4', '-q:v', '3', '-r', '25'], 'mp4', 'video/mp4'],
    [
      'HEVC',
      'hevc.mp4',
      ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-x265-params', 'log-level=error'],
      'mp4',
      'video/mp4',
    ],
    ['webm with VP9', 'clip.webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M'], 'webm', 'video/webm'],
    [
      'webm as a browser records it',
      'live.webm',
      ['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '3M', '-live', '1'],
      'webm',
      'video/webm',
    ],
  ] as const)('is taken as %s', async (_what, name, args, type, contentType) => {
    const record = await verify(await clips.living(ANNA, name, args), name);
    expect(record.selfieFileType).toBe(type);
    expect(record.files[1]?.contentType).toBe(contentType);
    expect(checksOf(record)).toMatchObject({ match: { outcome: 'pass' }, spoof: { outcome: 'pass' } });
  });

  it('is looked at as a player shows it: upright, at its own size, whatever is worked on', async () => {
    const lying = await clips.living(ANNA, 'lying.mp4', ['-vf', 'scale=1440:1800,transpose=2', ...H264]);
    const reference = boxOf(livingRecord);
    const box = boxOf(await verify(turnedClockwise(lying)));
    for (const side of ['x1', 'x2', 'y1', 'y2'] as const) expect(Math.abs(box[side] - reference[side] * 2)).toBeLessThan(40);
  });

  it('gets no verdict on liveness when it is under 600 pixels wide', async () => {
    const { match, spoof } = checksOf(await verify(await clips.living(ANNA, 'small.mp4', ['-vf', 'scale=360:450', ...H264])));
    expect(match.outcome).toBe('pass');
    expect(spoof).toMatchObject({ outcome: 'unknown', reason: expect.stringMatching(/360 pixels/) });
  });

  it('gets no verdict without a face', async () => {
    const empty = await clips.make(['-f', 'lavfi', '-i', 'color=c=0x8899aa:s=720x900:d=2'], 'empty.mp4', H264);
    const { faces, match, spoof } = checksOf(await verify(empty));
    expect(faces.faceCount.selfie).toBe(0);
    expect(match).toMatchObject({ outcome: 'unknown', similarity: null });
    expect(spoof).toMatchObject({ outcome: 'unknown', score: null });
  });
});

describe('a video that cannot be looked at', () => {
  let before: string[];

  beforeAll(() => {
    before = onDisk();
  });

  async function expectRefusal(bytes: Buffer, status: number, sentence: RegExp, name = 'selfie.mp4'): Promise<void> {
    const response = await engine.submit(form({ id, selfie: bytes, selfieName: name }));
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(status);
    expect(body.message).toMatch(sentence);
    expect(body).toMatchObject({ statusCode: status, field: 'selfieFile', message: expect.stringContaining('selfieFile') });
    expect(onDisk()).toEqual(before);
  }

  it('is refused with 422 when it is sound only', async () => {
    const sound = await clips.make(['-f', 'lavfi', '-i', 'sine=d=1'], 'sound.mp4', ['-c:a', 'aac']);
    await expectRefusal(sound, 422, /sound only/);
  });

  it.each(['mp4', 'webm'])('is refused with 422 when a %s is cut off', async (type) => {
    const codec = type === 'mp4' ? H264 : ['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '3M'];
    const whole = await clips.living(ANNA, `whole.${type}`, codec);
    await expectRefusal(whole.subarray(0, whole.length * 0.7), 422, /cut off: \d+ bytes are missing/);
    await expectRefusal(whole.subarray(0, 40), 422, /cannot be read|cut off|damaged/);
  });

  it('is refused with 422 when it is empty, rubbish, or a video in its first bytes only', async () => {
    const rubbish = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + 13) % 251));
    const head = living.subarray(0, living.readUInt32BE(0));
    await expectRefusal(Buffer.alloc(0), 422, /empty/);
    await expectRefusal(rubbish, 422, /neither mp4, mov nor webm/);
    await expectRefusal(Buffer.concat([head, Buffer.alloc(4000)]), 422, /cannot be read|damaged/);
    await expectRefusal(Buffer.concat([head, rubbish]), 422, /cannot be read|damaged|cut off/);
  });

  it('never makes the service read another file', async () => {
    const list = Buffer.from(`ffconcat version 1.0\nfile ${clips.place('living.mp4')}\n`);
    const playlist = Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${clips.place('living.mp4')}\n#EXT-X-ENDLIST\n`);
    for (const text of [list, playlist]) {
      await expectRefusal(text, 422, /neither mp4, mov nor webm/);
      await expectRefusal(Buffer.concat([living.subarray(0, living.readUInt32BE(0)), text]), 422, /cannot be read|damaged|cut off/);
    }
  });

  it('is refused with 422 when its pictures are enormous', async () => {
    const args = ['-c:v', 'mpeg4', '-frames:v', '2'];
    const enormous = await clips.make(['-f', 'lavfi', '-i', 'color=s=8000x4000:d=1'], 'enormous.mp4', args);
    await expectRefusal(enormous, 422, /too large: 8000 x 4000/);
  });

  it('is refused with 415 in place of the ID', async () => {
    const response = await engine.submit(form({ id: living, selfie: await selfie(ANNA) }));
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ field: 'idFile' });
  });
});

function onDisk(): string[] {
  return readdirSync(path.join(engine.dataDir, 'engine'), { recursive: true }).map(String).sort();
}

/** The same mp4, told to be shown turned a quarter clockwise: the matrix of its track header (ISO/IEC 14496-12, 8.3.2). */
function turnedClockwise(video: Buffer): Buffer {
  const turned = Buffer.from(video);
  const at = turned.indexOf('tkhd') + 44;
  for (const [index, value] of [0, 0x10000, 0, -0x10000, 0, 0].entries()) turned.writeInt32BE(value, at + index * 4);
  return turned;
}
