import { ANNA, card } from '../engine/pictures';
import { clipMaker } from '../engine/video-clips';
import { expect, expectAccessible, test } from './fixtures';

// VP9, because not every Chromium may play H.264.
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M'];

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
  await expectAccessible(page);

  await selfie.getByRole('button', { name: 'Play the clip' }).click();
  await expect(selfie.locator('video')).toBeVisible();
  await expect(selfie.getByText(`found in the frame at ${seconds}`)).toBeVisible();
  await selfie.getByRole('button', { name: `Frame at ${seconds}` }).click();
  await expect(selfie.locator('canvas')).toHaveCount(2);
});
