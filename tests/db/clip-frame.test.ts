import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openToView } from '@/app/api/files/[name]/open-to-view';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExtractedFrame } from '@/lib/ffmpeg/extract-frame';
import { inTurn } from '@/lib/review/evidence/frame-turns';
import { takeFrame } from '@/lib/review/evidence/take-frame';
import { closeUpstream } from '@/lib/upstream/connection';
import { passOn } from '@/lib/upstream/pass-on';
import { type ClipMaker, clipMaker } from '../engine/video-clips';
import { person } from '../helpers/desk';
import { type PictureUpstream, startPictureUpstream } from '../helpers/picture-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

// Two seconds: the first dark, the second light. Ten frames a second.
const HALVES = ['-f', 'lavfi', '-i', 'color=c=black:s=320x240:r=10:d=1', '-f', 'lavfi', '-i', 'color=c=white:s=320x240:r=10:d=1'];
const JOINED = ['-filter_complex', '[0:v][1:v]concat=n=2:v=1'];
const HEVC_10 = ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'];

let [clips, upstream, database, folder]: [ClipMaker, PictureUpstream, TestDatabase, string] | [] = [];
let analyst: Actor | undefined;
let hevc: Buffer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-frames-'));
  upstream = await startPictureUpstream();
  database = await testDatabase();
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  analyst = await person('Ana', 'analyst');
  clips = await clipMaker();
  hevc = await clips.make(HALVES, 'hevc.mp4', [...JOINED, ...HEVC_10]);
});

afterAll(async () => {
  clips?.dispose();
  await closeUpstream();
  await upstream?.close();
  await db().$disconnect();
  await database?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function* bytesOf(file: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

const frameAt = (file: Buffer, atMs: number): Promise<ExtractedFrame> => takeFrame(bytesOf(file), atMs, new AbortController().signal);

const brightness = async ({ jpeg }: ExtractedFrame) => Math.round((await sharp(jpeg).stats()).channels[0]?.mean ?? -1);

test('a frame of a 10 bit HEVC clip is the one shown at that moment, named by its own time and its codec', async () => {
  const early = await frameAt(hevc, 250);
  expect(early).toMatchObject({ timeMs: 200, width: 320, height: 240, facts: { codec: 'HEVC (Main 10)', bits: 10, durationMs: 2000 } });
  expect(await brightness(early)).toBeLessThan(20);
  const late = await frameAt(hevc, 1000);
  expect(late.timeMs).toBe(1000);
  expect(await brightness(late)).toBeGreaterThan(235);
  // Between the last frame and the end the last one is still shown.
  expect((await frameAt(hevc, 1999)).timeMs).toBe(1900);
});

test('a clip of sound only, a moment beyond the end, a damaged clip and what is no clip are refused with their reason', async () => {
  if (!clips) throw new Error('no clips');
  const sound = await clips.make(['-f', 'lavfi', '-i', 'sine=d=1'], 'sound.mp4', ['-c:a', 'aac']);
  const refused = (file: Buffer, at = 0) => expect(frameAt(file, at)).rejects;
  await refused(sound).toMatchObject({ code: 'unprocessable', message: expect.stringContaining('sound only') });
  await refused(hevc, 99_000).toMatchObject({ code: 'unprocessable', message: expect.stringContaining('ends before 99.00 s') });
  await refused(hevc.subarray(0, 200)).toMatchObject({ code: 'unprocessable', message: expect.stringContaining('damaged') });
  const playlist = Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n');
  await refused(playlist).toMatchObject({ code: 'unsupported-type' });
});

test('a sender that drips without end is given up at the deadline, and no file stays behind', async () => {
  const deadline = new AbortController();
  async function* drip(): AsyncGenerator<Uint8Array> {
    yield hevc.subarray(0, 1000);
    deadline.abort(new Error('the deadline'));
    await new Promise(() => undefined);
  }
  await expect(takeFrame(drip(), 0, deadline.signal)).rejects.toThrow('the deadline');
  expect(readdirSync(join(folder ?? '', 'frames'))).toEqual([]);
});

test('a session gets sixty frames a minute, then is told when to try again', async () => {
  if (!analyst) throw new Error('nobody');
  const actor = { ...analyst, sessionId: 'a-session' };
  for (let count = 0; count < 60; count += 1) await inTurn(actor, async () => undefined, 1000 + count);
  await expect(inTurn(actor, async () => undefined, 31_000)).rejects.toMatchObject({ code: 'too-many-attempts', retryAfter: 30 });
  await inTurn(actor, async () => undefined, 61_100);
  await inTurn({ ...actor, sessionId: 'another' }, async () => undefined, 31_000);
});

test('the look at a frame is recorded before its first byte, like any other look at the file', async () => {
  if (!analyst || !upstream) throw new Error('nobody');
  upstream.add({ id: 77, pictures: { id: hevc, face: hevc }, types: { face: 'video/mp4' }, faces: { id: [], face: [] } });
  const name = 'v_face_77_picture.jpg';
  const { signal } = new AbortController();
  const { chunks, passing } = await openToView(analyst, name, { conditions: {}, signal, requestId: 'r' });
  expect(await db().auditEvent.count({ where: { action: 'evidence.viewed', actorName: 'Ana' } })).toBe(1);
  expect(
    (
      await takeFrame(
        passOn(chunks, passing, () => undefined),
        0,
        signal,
      )
    ).facts.codec,
  ).toBe('HEVC (Main 10)');
  expect(existsSync(join(folder ?? '', 'frames'))).toBe(true);
});
