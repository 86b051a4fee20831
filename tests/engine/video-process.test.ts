import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNA, card, form, selfie } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';
import { type ClipMaker, clipMaker, H264 } from './video-clips';

let clips: ClipMaker;
let parts: { id: Buffer; selfie: Buffer };
let video: { id: Buffer; selfie: Buffer };

beforeAll(async () => {
  clips = await clipMaker();
  parts = { id: await card(ANNA), selfie: await selfie(ANNA) };
  video = { id: parts.id, selfie: await clips.living(ANNA, 'living.mp4', H264) };
});

afterAll(() => clips.dispose());

async function withEngine(settings: Record<string, string>, use: (engine: RunningEngine) => Promise<void>): Promise<void> {
  const engine = await runEngine(settings);
  try {
    await use(engine);
  } finally {
    await engine.dispose();
  }
}

describe('ffmpeg as a child', () => {
  it('may be missing: videos are then refused with the reason, and pictures verified', async () => {
    await withEngine({ FFMPEG_PATH: clips.place('no-such-program') }, async (engine) => {
      const refused = await engine.submit(form(video));
      expect(refused.status).toBe(503);
      expect((await refused.json()).message).toMatch(/^selfieFile: Videos .* ffmpeg is missing/);
      expect(await (await engine.get('/health')).json()).toMatchObject({ status: 'ok', video: 'ffmpeg is missing' });
      expect((await engine.submit(form(parts))).status).toBe(200);
    });
  });

  it('that never ends is ended with the thread that waits for it: the request is answered, and another thread takes over', async () => {
    const note = clips.place('pid');
    const stuck = clips.place('stuck-ffmpeg');
    writeFileSync(stuck, `#!/bin/sh\necho $$ > '${note}'\nexec /bin/sleep 600\n`);
    chmodSync(stuck, 0o755);
    await withEngine({ FFMPEG_PATH: stuck, ENGINE_PATIENCE_MS: '6000' }, async (engine) => {
      const given = await engine.submit(form(video));
      expect(given.status).toBe(503);
      expect(await given.json()).toMatchObject({
        statusCode: 503,
        message: expect.stringMatching(/took too long and was given up; nothing was kept/),
      });
      expect(existsSync(note)).toBe(true);
      const pid = Number(readFileSync(note, 'utf8'));
      await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
      const next = await engine.submit(form(parts));
      expect(next.status, await next.clone().text()).toBe(200);
      expect((await (await engine.get('/v1/verification')).json()).totalCount).toBe(1);
    });
  });
});

/** Whether a process is there and has not ended; one that ended may wait to be collected. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
