import type { Locator } from '@playwright/test';
import { ANNA, card } from '../engine/pictures';
import { clipMaker } from '../engine/video-clips';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import { expect, expectAccessible } from './fixtures';
import { openCase, stage, test } from './picture-console';

// VP9, because not every Chromium may play H.264.
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M'];

/** Where the frame on the screen begins, in seconds. */
async function placeOf(player: Locator): Promise<number> {
  const [, minutes = '0', seconds] = /^(?:(\d+):)?([\d.]+)/.exec(await player.locator('[data-clip-time]').innerText()) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test('a selfie video is submitted, and its case shows the very frame its face was found in', async ({ page }) => {
  test.setTimeout(120_000);
  const clips = await clipMaker();
  const clip = await clips.living(ANNA, 'selfie.webm', VP9);
  clips.dispose();
  await page.goto('/verifications/new');
  await page.getByLabel(/^Choose .*: ID document$/).setInputFiles({ name: 'id.png', mimeType: 'image/png', buffer: await card(ANNA) });
  await page.getByLabel(/^Choose .*: Selfie$/).setInputFiles({ name: 'selfie.webm', mimeType: 'video/webm', buffer: clip });
  await page.getByLabel('Value of tag 1').fill('e2e-video');
  await page.getByRole('button', { name: /^Submit/ }).click();
  await expect(page).toHaveURL(/\/verifications\/\d+$/, { timeout: 90_000 });

  const id = page.url().split('/').at(-1);
  const { result } = await (await page.request.get(`/api/verifications/${id}`)).json();
  const [detection] = result.modelResults.technicalChecks;
  const seconds = `${(detection.frameTimeMs / 1000).toFixed(2)} s`;
  const selfie = page.getByRole('region', { name: 'Selfie', exact: true });
  await expect(selfie.getByRole('img', { name: /Selfie 1, confidence/ }).locator('canvas')).toHaveCount(2, { timeout: 30_000 });
  await expect(page.getByText(`on the selfie, frame at ${seconds}`)).toBeVisible();

  await selfie.getByRole('button', { name: 'Play the clip' }).click();
  const player = selfie.locator('video');
  await expect(player).toBeVisible();
  await expect(selfie.getByText(`found in the frame at ${seconds}: this one`)).toBeVisible();
  expect(await player.evaluate((video) => video instanceof HTMLVideoElement && video.muted && video.paused)).toBe(true);
  const faces = selfie.locator('[data-clip-faces]');
  await expect(faces).toHaveCount(1);
  await expect(selfie.getByRole('list', { name: 'Frames of the clip' })).toHaveAttribute('data-drawn', '8');
  await expectAccessible(page);

  // The clip has three frames a second, which nobody told the player.
  const begin = await placeOf(selfie);
  await page.keyboard.press('.');
  await expect.poll(() => placeOf(selfie)).toBeCloseTo(begin + 1 / 3, 1);
  await expect(faces).toHaveCount(0);
  await expect(selfie.getByText('on other frames none is drawn')).toBeVisible();
  await page.keyboard.press(',');
  await expect.poll(() => placeOf(selfie)).toBeCloseTo(begin, 2);
  await expect(faces).toHaveCount(1);
  await page.keyboard.press(',');
  await expect.poll(() => placeOf(selfie)).toBeLessThan(begin);
  await expect(faces).toHaveCount(0);
  await page.keyboard.press(';');
  await expect(page.getByText(/The kept frame at [\d.]+ s is not the one the face was found in/)).toBeVisible();
  await selfie.getByRole('button', { name: 'Go to their frame' }).click();
  await expect(faces).toHaveCount(1);
  await page.keyboard.press('>');
  await expect(selfie.getByRole('combobox', { name: 'Speed' })).toHaveValue('2');
  await page.locator('body').press(' ');
  await expect.poll(() => player.evaluate((video) => video instanceof HTMLVideoElement && video.ended), { timeout: 20_000 }).toBe(true);
  await selfie.getByRole('slider', { name: 'Place in the clip' }).fill('0.5');
  await expect.poll(() => placeOf(selfie)).toBeLessThanOrEqual(0.5);

  await selfie.getByRole('button', { name: `Frame at ${seconds}`, exact: true }).click();
  await expect(selfie.locator('canvas')).toHaveCount(2);

  await test.step('a record that does not say which frame has no box drawn, unless one asks for it', async () => {
    const withoutFrame = (text: string) => text.replace(/(\\"|")frameTimeMs(\\"|"):\d+(\.\d+)?/g, '$1frameTimeMs$2:null');
    await page.route(`**/verifications/${id}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: withoutFrame(await answer.text()) });
    });
    const ranges: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/files/v_face_')) ranges.push(request.headers().range ?? 'whole');
    });
    await page.reload();
    await expect(selfie.getByText('Frame unknown: the record does not say')).toBeVisible({ timeout: 30_000 });
    await expect(faces).toHaveCount(0);
    await selfie.getByRole('button', { name: 'Draw them anyway' }).click();
    await expect(faces).toHaveCount(1);
    // Only parts are ever asked for.
    expect(ranges.length).toBeGreaterThan(0);
    expect(ranges.filter((range) => !range.startsWith('bytes='))).toEqual([]);
  });
});

test('of a clip of many megabytes only the parts that are looked at are fetched, also when one goes to its end', async ({ page, made }) => {
  test.setTimeout(120_000);
  const clips = await clipMaker();
  // Two seconds of noise, which nothing can make smaller, and then the same over and over: large without long encoding. Ten minutes,
  // because a browser reads some ten seconds ahead of every place it is led to, and the strip and the test lead it to a dozen.
  const noise = ['-f', 'lavfi', '-i', 'nullsrc=s=240x180:r=5:d=2,geq=random(1)*255:128:128'];
  await clips.make(noise, 'noise.webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '20M', '-g', '5']);
  const clip = await clips.make(['-stream_loop', '299', '-i', clips.place('noise.webm')], 'large.webm', ['-c', 'copy']);
  clips.dispose();
  expect(clip.length).toBeGreaterThan(60e6);
  const face = wireFace(1, 200, 180, 100);
  const pictures = { id: await markedPicture({ width: 600, height: 400 }, [face]), face: clip };
  made.upstream.add({ id: 9_400_000, pictures, faces: { id: [face], face: [face] }, types: { face: 'video/webm' }, frameTimeMs: 300_000 });
  // What the browser took: what lies in the buffers of connections on the way, megabytes on one machine, nobody asked for.
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const clipRequests = new Set<string>();
  // The browser's own requests: the console reads the clip whole by itself, to compare it.
  const rangeOf = new Map<string, string | undefined>();
  let fetched = 0;
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('v_face_9400000')) clipRequests.add(requestId);
  });
  cdp.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    rangeOf.set(requestId, headers.Range ?? headers.range);
  });
  cdp.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (clipRequests.has(requestId)) fetched += dataLength;
  });
  await openCase(page, made, 9_400_000);
  const selfie = stage(page, 'Selfie');
  await selfie.getByRole('button', { name: 'Play the clip' }).click();
  await expect.poll(() => placeOf(selfie)).toBeCloseTo(300, 0);
  await expect(selfie.getByRole('list', { name: 'Frames of the clip' })).toHaveAttribute('data-drawn', '8', { timeout: 30_000 });
  for (const place of [590, 30]) {
    await selfie.getByRole('slider', { name: 'Place in the clip' }).fill(String(place));
    await expect.poll(() => placeOf(selfie)).toBeCloseTo(place, 0);
  }
  const ranges = [...clipRequests].map((requestId) => rangeOf.get(requestId));
  expect(ranges.length).toBeGreaterThan(3);
  expect(ranges.filter((range) => !range?.startsWith('bytes='))).toEqual([]);
  // The console's own reading: one for an opening, whoever asks first.
  await expect.poll(() => made.upstream.rangesOfSelfie(9_400_000).filter((range) => range === null).length).toBe(1);
  expect(fetched).toBeGreaterThan(0);
  expect(fetched).toBeLessThan(clip.length / 2);
});

/** Brightness in the middle of what is drawn on a canvas or shown by a player, 0..255. */
function brightnessOf(element: Locator): Promise<number> {
  return element.evaluate((shown) => {
    const context = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
    if (!(shown instanceof HTMLCanvasElement || shown instanceof HTMLVideoElement)) return -1;
    const [width, height] = shown instanceof HTMLVideoElement ? [shown.videoWidth, shown.videoHeight] : [shown.width, shown.height];
    context?.drawImage(shown, width * 0.8, height * 0.45, width * 0.1, height * 0.1, 0, 0, 8, 8);
    return context?.getImageData(4, 4, 1, 1).data[0] ?? -1;
  });
}

for (const parts of ['ignored', 'promised'] as const)
  test(`of a clip whose service ${parts === 'ignored' ? 'sends no parts' : 'promises parts and sends none'} every frame is shown and named by its own time`, async ({
    page,
    made,
  }) => {
    test.setTimeout(120_000);
    const clips = await clipMaker();
    // Every tenth of a second four levels brighter.
    const film = ['-f', 'lavfi', '-i', "nullsrc=s=240x180:r=10:d=6,geq=lum='16+40*T':cb=128:cr=128"];
    const clip = await clips.make(film, 'brighter.webm', VP9);
    clips.dispose();
    const id = parts === 'ignored' ? 9_410_000 : 9_410_001;
    const face = wireFace(1, 100, 90, 60);
    const pictures = { id: await markedPicture({ width: 600, height: 400 }, [face]), face: clip };
    made.upstream.add({ id, pictures, faces: { id: [face], face: [face] }, types: { face: 'video/webm' }, frameTimeMs: 2000, parts });
    const late = { ...pictures, faces: { id: [face], face: [face] } };
    made.upstream.add({ id: id + 10, pictures, faces: late.faces, types: { face: 'video/webm' }, frameTimeMs: 99_000, parts });
    const near = (seconds: number) => (value: number) => Math.abs(value - 40 * seconds * 1.164) < 14;

    await openCase(page, made, id);
    const selfie = stage(page, 'Selfie');
    await expect(selfie.locator('canvas')).toHaveCount(2, { timeout: 30_000 });
    await expect.poll(async () => near(2)(await brightnessOf(selfie.locator('canvas').first())), 'the frame at 2 s').toBe(true);
    await selfie.getByRole('button', { name: 'Play the clip' }).click();
    await expect(selfie.getByText('found in the frame at 2.00 s: this one.')).toBeVisible({ timeout: 30_000 });
    const player = selfie.locator('video');
    expect(near(2)(await brightnessOf(player))).toBe(true);
    const strip = selfie.getByRole('list', { name: 'Frames of the clip' });
    await expect(strip).toHaveAttribute('data-drawn', '8', { timeout: 30_000 });
    const shades = await Promise.all((await strip.locator('canvas').all()).map(brightnessOf));
    expect(shades).toEqual(shades.toSorted((a, b) => a - b));
    expect(new Set(shades).size).toBe(8);
    await selfie.getByRole('slider', { name: 'Place in the clip' }).fill('5');
    await expect.poll(() => placeOf(selfie)).toBeCloseTo(5, 1);
    await expect.poll(async () => near(5)(await brightnessOf(player))).toBe(true);
    await expect(selfie.locator('[data-clip-faces]')).toHaveCount(0);
    await expect(selfie.getByText('on other frames none is drawn')).toBeVisible();

    await openCase(page, made, id + 10);
    await expect(
      selfie.getByText('Frame unknown: the record names the frame at 1:39.00, but the clip ends at 6.00 s. None is drawn.'),
    ).toBeVisible({
      timeout: 30_000,
    });
    await expect(selfie.locator('[data-clip-faces]')).toHaveCount(0);
  });
