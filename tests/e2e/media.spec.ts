import type { Page } from '@playwright/test';
import { hostileFiles } from '../helpers/hostile-files';
import { agreeAs, expect, expectAccessible, hasBothFaces, intercept, listRecords } from './fixtures';
import { openCase, rail, SIDES, type Side, stage, test, walkTo } from './picture-console';

/** The last failed record with a face on both pictures: nobody else's tests begin at that end. */
async function lastCase(page: Page): Promise<number> {
  const { data } = await listRecords(page);
  return data.findLast((record) => !record.verified && hasBothFaces(record))?.verificationId ?? 0;
}

/** Whether a canvas shows anything but one colour. */
function hasPicture(page: Page, side: Side): Promise<boolean> {
  return stage(page, side)
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return false;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() };
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 404) colours.add((data[at] ?? 0) * 65_536 + (data[at + 1] ?? 0) * 256 + (data[at + 2] ?? 0));
      return colours.size > 1;
    });
}

test('each hostile file says what it is, and none of them acts', async ({ page, made }) => {
  test.setTimeout(120_000);
  const files = await hostileFiles();
  const pairs = Array.from({ length: Math.ceil(files.length / 2) }, (_, at) => ({
    id: files[2 * at],
    face: files[2 * at + 1] ?? files[0],
  }));
  for (const [at, { id, face }] of pairs.entries())
    if (id && face)
      made.upstream.add({
        id: 9_300_000 + at,
        pictures: { id: id.bytes, face: face.bytes },
        types: { id: id.contentType, face: face.contentType },
        faces: { id: [], face: [] },
      });
  await openCase(page, made, 9_300_000, 'list');
  const followed: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('followed') || request.isNavigationRequest()) followed.push(request.url());
  });
  page.on('dialog', () => followed.push('a dialog'));
  for (const [at, { id, face }] of pairs.entries()) {
    if (at > 0) await walkTo(page, 'j', 9_300_000 + at);
    for (const [side, file] of [
      ['ID document', id],
      ['Selfie', face],
    ] as const) {
      if (!file) continue;
      await test.step(file.what, async () => {
        await expect(stage(page, side).getByRole('status')).toContainText(file.says);
        await expect(stage(page, side).locator('canvas')).toHaveCount(file.drawn ? 2 : 0);
        if (file.drawn) await expect.poll(() => hasPicture(page, side)).toBe(true);
        const saving = stage(page, side).getByRole('link', { name: 'Download it' });
        await expect(saving).toHaveCount(file.drawn || file.refused ? 0 : 1);
      });
    }
    for (const side of SIDES)
      await expect(stage(page, side).locator('iframe, object, embed, img, svg[onload], a:not([download])')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.dataset.hacked)).toBeUndefined();
    expect(followed).toEqual([]);
  }
  await expectAccessible(page);
});

test('the files are told by their own bytes: kind, pixels, camera, fingerprint', async ({ page }) => {
  const id = await lastCase(page);
  await page.goto(`/verifications/${id}`);
  const files = rail(page).getByRole('region', { name: 'Files' });
  await expect(files.getByText(/^JPEG · \d+ × \d+ · /)).toHaveCount(2, { timeout: 30_000 });
  await expect(files.getByText('same as first seen')).toHaveCount(2);
  await expect(files.locator('code')).toHaveText([/[0-9a-f]{4}…[0-9a-f]{4}/, /[0-9a-f]{4}…[0-9a-f]{4}/]);
});

test('whoever wants it finds pictures blurred on every machine', async ({ page, browser }) => {
  const id = await lastCase(page);
  const restore = await (await page.request.get('/api/me/viewing')).json();
  const put = (preference: object) =>
    page.request.put('/api/me/viewing', { data: preference, headers: { origin: new URL(page.url()).origin } });
  await page.goto('/verifications');
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await page.getByLabel('Blurred until I reveal them').click();
  await expect(page.getByLabel('Blurred until I reveal them')).toBeChecked();
  await expect.poll(async () => (await (await page.request.get('/api/me/viewing')).json()).viewing.masked).toBe(true);
  await expectAccessible(page, { within: '[popover]:popover-open' });
  const other = await browser.newContext({ storageState: await page.context().storageState() });
  const elsewhere = await other.newPage();
  await elsewhere.goto(new URL(`/verifications/${id}`, page.url()).href);
  await expect(elsewhere.getByRole('region', { name: 'Blurred pictures' })).toBeVisible();
  await other.close();
  expect((await put(restore.preference)).status()).toBe(200);
});

test('what cannot be read about a person falls to the safer side: pictures stay blurred', async ({ page }) => {
  const id = await lastCase(page);
  await page.clock.install();
  await page.goto('/verifications');
  await expect(page.locator('[data-row]').first()).toBeVisible();
  await intercept(page, '**/api/me/viewing', (route) => route.fulfill({ status: 500, json: {} }));
  await page.clock.fastForward(60_000);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Blurred pictures' })).toBeVisible();
  expect(id).toBeGreaterThan(0);
});

test.describe('an auditor', () => {
  test.use({ role: 'auditor' });

  test('sees pictures blurred, zoomed or not, until a reveal is recorded; the timeline tells it', async ({ page }) => {
    const id = await lastCase(page);
    await page.goto(`/verifications/${id}`);
    const cover = page.getByRole('region', { name: 'Blurred pictures' });
    await expect(cover).toBeVisible();
    const canvas = stage(page, 'ID document').locator('canvas').first();
    await expect(canvas).toBeVisible({ timeout: 30_000 });
    const blurPx = () => canvas.evaluate((element) => Number(/blur\(([\d.]+)px\)/.exec(getComputedStyle(element).filter)?.[1] ?? 0));
    await expect.poll(blurPx).toBe(24);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expect.poll(blurPx).toBeGreaterThan(40);
    await expectAccessible(page);

    await intercept(page, '**/reveals', (route) => route.fulfill({ status: 500, json: {} }));
    await page.keyboard.press('b');
    await expect(cover.getByRole('alert')).toContainText('Pictures stay blurred until it is recorded that you look.');
    expect(await blurPx()).toBeGreaterThan(0);
    await page.unroute('**/reveals');
    // On the full screen nothing but the pictures is seen: what is said of them has to stand there.
    await page.keyboard.press('#');
    const onFullScreen = page.locator(':fullscreen').getByRole('region', { name: 'Blurred pictures' });
    await expect(onFullScreen.getByRole('button', { name: /^Reveal/ })).toBeVisible();
    expect(await blurPx()).toBeGreaterThan(0);
    await page.keyboard.press('b');
    await expect(cover).toHaveCount(0);
    await expect.poll(blurPx).toBe(0);
    await page.keyboard.press('#');
    await expect(page.locator(':fullscreen')).toHaveCount(0);
    await expect(rail(page)).toContainText('You revealed the pictures');
    await page.keyboard.press('b');
    await expect(cover).toBeVisible();
    await page.reload();
    await expect(cover).toBeVisible();
  });
});

test.describe('a manager', () => {
  test.use({ role: 'manager' });

  test('puts a watermark with name and time over all pictures by the policy, and takes it away', async ({ page, browser }) => {
    const id = await lastCase(page);
    const change = async (label: string, on: boolean, reason: string) => {
      await page.goto('/settings');
      const box = page.getByLabel(label);
      await expect(box).toBeVisible();
      await box.setChecked(on);
      await page.getByLabel('Reason for the change').fill(reason);
      await page.getByRole('button', { name: /^(Publish version|Propose change)/ }).click();
    };
    await change('Watermark with the name of the viewer', true, 'pictures of screens were passed on');
    await expect(page.getByText('pictures of screens were passed on').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/verifications/${id}`);
    const mark = page.locator('[data-watermark]');
    await expect(mark).toBeAttached();
    const image = await mark.evaluate((element) => decodeURIComponent(getComputedStyle(element).backgroundImage));
    expect(image).toMatch(/· \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    await expect(stage(page, 'Selfie').locator('canvas')).toHaveCount(2, { timeout: 30_000 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await change('Watermark with the name of the viewer', false, 'the matter was settled since');
    await expect(page.getByRole('link', { name: /^Change the policy/ })).toBeVisible();
    await agreeAs(browser, 'admin', 'Change the policy');
    await page.reload();
    await expect(page.getByText('the matter was settled since').first()).toBeVisible();
  });
});
