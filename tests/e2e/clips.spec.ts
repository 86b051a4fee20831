import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { clipMaker } from '../engine/video-clips';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import { expect, expectAccessible } from './fixtures';
import { openCase, type PictureConsole, stage, test } from './picture-console';

const FIRST = 9_600_000;
const selfie = (page: Page) => stage(page, 'Selfie');
const SECONDS = ['-f', 'lavfi', '-i', 'testsrc=s=320x240:r=10:d=2'];
const HEVC_10 = ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'];

async function addClip({ upstream }: PictureConsole, id: number, clip: Buffer, frameTimeMs?: number): Promise<void> {
  const face = wireFace(1, 160, 120, 80);
  const document = await markedPicture({ width: 300, height: 400 }, []);
  const times = frameTimeMs === undefined ? {} : { frameTimeMs };
  upstream.add({ id, pictures: { id: document, face: clip }, types: { face: 'video/mp4' }, faces: { id: [], face: [face] }, ...times });
}

test('a clip this browser cannot play is named by its codec, shown a frame at a time by the server, and offered for download', async ({
  page,
  made,
}) => {
  test.setTimeout(90_000);
  const clips = await clipMaker();
  const hevc = await clips.make(SECONDS, 'hevc.mp4', HEVC_10);
  const sound = await clips.make(['-f', 'lavfi', '-i', 'sine=d=1'], 'sound.mp4', ['-c:a', 'aac']);
  clips.dispose();
  await addClip(made, FIRST, hevc, 550);
  await openCase(page, made, FIRST);
  const said = selfie(page).getByRole('status').filter({ hasText: 'HEVC' });
  await expect(said).toContainText('it is HEVC (Main 10), 10 bit. Shown is its frame at 0.50 s, taken by the server.', {
    timeout: 30_000,
  });
  await expect(said).toContainText('The faces were found in this frame.');
  await expect(selfie(page).locator('[data-clip-faces]')).toHaveCount(1);
  await expect(selfie(page).getByRole('link', { name: 'Download the clip' })).toHaveAttribute('href', /\/api\/files\//);
  await expectAccessible(page);
  await selfie(page).getByRole('slider', { name: 'Moment of the clip' }).fill('1560');
  await expect(said).toContainText('Shown is its frame at 1.50 s');
  await expect(said).toContainText('The faces were found at 0.55 s; here none is drawn.');
  await expect(selfie(page).locator('[data-clip-faces]')).toHaveCount(0);

  await test.step('a frame beyond the end is no frame', async () => {
    await addClip(made, FIRST + 1, hevc, 99_000);
    await openCase(page, made, FIRST + 1);
    await expect(selfie(page).getByRole('status')).toContainText('Frame unknown. The clip ends before 99.00 s', { timeout: 30_000 });
    await selfie(page).getByRole('button', { name: 'Show the first frame' }).click();
    await expect(selfie(page).getByRole('status')).toContainText('Shown is its frame at 0.00 s');
    await expect(selfie(page).locator('[data-clip-faces]')).toHaveCount(0);
  });
  await test.step('sound only', async () => {
    await addClip(made, FIRST + 2, sound);
    await openCase(page, made, FIRST + 2);
    await expect(selfie(page).getByRole('status')).toContainText('sound only: there is no picture in it', { timeout: 30_000 });
    await expect(selfie(page).getByRole('link', { name: 'Download it' })).toBeVisible();
  });
});

test('a clip that never begins is given up with a sentence and a way on', async ({ page, made }) => {
  await addClip(made, FIRST + 10, Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'));
  await page.clock.install();
  // The first bytes come, and then nothing: a part of the file that is asked for with its end is answered.
  const asked = page.waitForRequest(
    (request) => request.url().includes(`v_face_${FIRST + 10}`) && !/-\d/.test(request.headers().range ?? ''),
  );
  await page.route(`**/api/files/v_face_${FIRST + 10}*`, (route) =>
    /bytes=0-\d+/.test(route.request().headers().range ?? '') ? route.continue() : new Promise(() => undefined),
  );
  await openCase(page, made, FIRST + 10);
  await asked;
  await page.clock.fastForward(31_000);
  await expect(selfie(page).getByRole('status')).toContainText('The clip did not begin within 30 seconds.');
  await expect(selfie(page).getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(selfie(page).getByRole('link', { name: 'Download it' })).toBeVisible();
});

test('a transparent picture lies on white, as the service looked at it, on a dark screen too', async ({ page, made }) => {
  const dot = await sharp({ create: { width: 100, height: 100, channels: 4, background: '#000000' } })
    .png()
    .toBuffer();
  const png = await sharp({ create: { width: 300, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: dot, left: 100, top: 100 }])
    .png()
    .toBuffer();
  const face = await markedPicture({ width: 300, height: 400 }, []);
  made.upstream.add({ id: FIRST + 20, pictures: { id: png, face }, types: { id: 'image/png' }, faces: { id: [], face: [] } });
  await page.emulateMedia({ colorScheme: 'dark' });
  await openCase(page, made, FIRST + 20);
  const middle = () =>
    stage(page, 'ID document')
      .locator('canvas')
      .first()
      .evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
        const { width, height } = canvas;
        const across = canvas.getContext('2d')?.getImageData(0, Math.floor(height / 2), width, 1).data ?? new Uint8ClampedArray();
        const inside = Array.from({ length: width }, (_, x) => [...across.subarray(x * 4, x * 4 + 4)]).filter(
          ([, , , alpha]) => alpha === 255,
        );
        return { edge: inside.at(10)?.slice(0, 3), middle: inside.at(Math.floor(inside.length / 2))?.slice(0, 3) };
      });
  await expect.poll(middle).toEqual({ edge: [255, 255, 255], middle: [0, 0, 0] });
});
