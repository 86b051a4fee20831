import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { drawPortrait } from '@/lib/cli/demo/portrait';
import { expect, expectAccessible, expectAccessibleInBothColours, intercept, test } from './fixtures';

const POST = (url: URL) => url.pathname === '/api/verifications';
const idPicture = async () => ({
  name: 'passport.jpg',
  mimeType: 'image/jpeg',
  buffer: await drawPortrait(7, { width: 500, height: 640 }),
});
const selfiePicture = async () => ({
  name: 'selfie.png',
  mimeType: 'image/png',
  buffer: await sharp(await drawPortrait(7, { width: 500, height: 640, turn: 6, smile: 0.5 }))
    .png()
    .toBuffer(),
});

const chooser = (page: Page, side: 'ID document' | 'Selfie'): Locator => page.getByLabel(new RegExp(`^Choose .*: ${side}$`));
const submit = (page: Page): Locator => page.getByRole('button', { name: /^Submit/ });

async function fill(page: Page): Promise<void> {
  await page.goto('/verifications/new');
  await chooser(page, 'ID document').setInputFiles(await idPicture());
  await chooser(page, 'Selfie').setInputFiles(await selfiePicture());
  await page.getByLabel('Value of tag 1').fill('e2e-9999');
  await expect(page.getByRole('img', { name: 'Selfie: selfie.png' })).toBeVisible();
}

test('leads from the grid, by its key, through the form to the new case', async ({ page }) => {
  await page.goto('/verifications');
  await expect(page.getByRole('link', { name: 'New verification' })).toBeVisible();
  // Rows are drawn by the browser alone: once there are some, the page listens to keys.
  await expect(page.getByRole('row').nth(1).getByRole('link').first()).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: 'New verification' })).toBeVisible();
  await fill(page);
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await page.keyboard.type('channel');
  await page.getByLabel('Value of tag 2').fill('branch=north, 2');
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.method() === 'POST' && POST(new URL(sent.url()))),
    submit(page).click(),
  ]);
  await expect(page).toHaveURL(/\/verifications\/\d+$/, { timeout: 60_000 });
  await expect(page.getByRole('heading', { level: 1, name: /^Verification \d+$/ })).toBeVisible();

  const answer = await request.response();
  expect(answer?.status()).toBe(201);
  const id = Number(page.url().split('/').at(-1));
  const { result } = await (await page.request.get(`/api/verifications/${id}`)).json();
  expect(result).toMatchObject({ idFileName: 'passport.jpg', selfieFileName: 'selfie.png' });
  const tags = Object.fromEntries(result.tags.map(({ name, value }: { name: string; value: string }) => [name, value]));
  expect(tags).toEqual({ customerId: 'e2e-9999', channel: 'branch=north, 2', submission: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const found = await (await page.request.get(`/api/verifications?tagFilter=submission%3D${tags.submission}`)).json();
  expect(found.data.map(({ verificationId }: { verificationId: number }) => verificationId)).toEqual([id]);
  await expect(page.getByText('submitted passport.jpg and selfie.png')).toBeVisible();
});

test('refuses files that cannot be sent before anything is, and keeps the good one', async ({ page }) => {
  let posts = 0;
  await page.route(POST, (route) => {
    if (route.request().method() === 'POST') posts += 1;
    return route.fallback();
  });
  await fill(page);
  const pdf = Buffer.from('%PDF-1.7\n');
  const wrong: [{ name: string; mimeType: string; buffer: Buffer }, RegExp][] = [
    [{ name: 'passport.pdf', mimeType: 'application/pdf', buffer: pdf }, /cannot be a PDF/],
    [{ name: 'passport.jpg', mimeType: 'image/jpeg', buffer: pdf }, /cannot be a PDF/],
    [
      { name: 'passport.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
      /not what its name says/,
    ],
    [{ name: 'passport.mp4', mimeType: 'video/mp4', buffer: Buffer.from('\0\0\0\x18ftypisom0000') }, /must be a JPEG, PNG or WebP/],
    [{ name: 'passport.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) }, /is empty/],
  ];
  for (const [file, sentence] of wrong) {
    await chooser(page, 'ID document').setInputFiles(file);
    await expect(page.getByRole('region', { name: 'ID document' }).getByRole('alert')).toHaveText(sentence);
    await expect(page.getByRole('img', { name: 'ID document: passport.jpg' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Remove selfie.png' }).click();
  await submit(page).click();
  await expect(page.getByText('Choose a selfie first.')).toBeVisible();
  await expect(chooser(page, 'Selfie')).toBeFocused();
  expect(posts).toBe(0);
});

test('says that the outcome is unknown, offers the search, and sends nothing again by itself', async ({ page, context }) => {
  const posts: string[] = [];
  await page.route(POST, (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    posts.push(route.request().postDataBuffer()?.toString('latin1') ?? '');
    const error = { code: 'upstream-timeout', message: 'Outcome unknown: no answer.', requestId: 'r', details: { outcome: 'unknown' } };
    return route.fulfill({ status: 504, json: { error } });
  });
  await fill(page);
  await submit(page).click();
  await expect(page.getByText('Outcome unknown: no answer.')).toBeVisible();
  const sent = /"submission":"([0-9a-f-]{36})"/.exec(posts[0] ?? '')?.[1];
  const [search] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: /^Look for it/ }).click()]);
  await expect(search).toHaveURL(new RegExp(`tagFilter=submission%3D${sent}`));
  await expect(search.getByRole('heading', { name: /^No verifications match/ })).toBeVisible();
  await search.close();

  expect(posts).toHaveLength(1);
  await expect(page.getByLabel('Value of tag 1')).toHaveValue('e2e-9999');
  await expect(page.getByRole('img', { name: 'ID document: passport.jpg' })).toBeVisible();
  await page.getByRole('button', { name: 'Submit again, as another verification' }).click();
  await expect.poll(() => posts.length).toBe(2);
  expect(posts[1]).not.toContain(sent);
});

test('shows what the service refuses at the field it means, and a cancelled one as such', async ({ page }) => {
  await page.route(POST, (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const error = { code: 'unsupported-type', message: 'Refused: “no picture”', requestId: 'r', field: 'selfieFile' };
    return route.fulfill({ status: 415, json: { error } });
  });
  await fill(page);
  await submit(page).click();
  await expect(page.getByRole('region', { name: 'Selfie' }).getByRole('alert')).toHaveText('Refused: “no picture”');
  await chooser(page, 'Selfie').setInputFiles(await selfiePicture());
  await expect(page.getByText('Refused: “no picture”')).toHaveCount(0);

  await page.unrouteAll();
  await intercept(page, POST, () => {});
  await submit(page).click();
  await page.getByRole('button', { name: /^(Cancel|Stop waiting)$/ }).click();
  await expect(page.getByText(/^(Cancelled; nothing was submitted|Outcome unknown: you stopped waiting)/)).toBeVisible();
  await expect(page.getByLabel('Value of tag 1')).toHaveValue('e2e-9999');
});

test('names the tags that cannot be kept', async ({ page }) => {
  await fill(page);
  const wrong: [string, RegExp][] = [
    ['customerId', /above already/],
    ['submission', /is taken/],
    ['a=b', /cannot hold “=”/],
    ['x'.repeat(101), /under 101 characters/],
    ['', /Name this tag/],
  ];
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await page.getByLabel('Value of tag 2').fill('1');
  for (const [name, sentence] of wrong) {
    await page.getByLabel('Name of tag 2').fill(name);
    await expect(page.getByLabel('Name of tag 2')).toHaveAccessibleDescription(sentence);
  }
  await submit(page).click();
  await expect(page.getByLabel('Name of tag 2')).toBeFocused();
});

test('takes a dropped file, and no stray drop takes the page away', async ({ page }) => {
  await page.goto('/verifications/new');
  const picture = (await idPicture()).buffer.toString('base64');
  const drop = (target: Locator) =>
    target.evaluate((element, base64) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));
      return element.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, picture);
  expect(await drop(page.getByRole('heading', { level: 1 }))).toBe(false);
  await drop(page.getByRole('region', { name: 'ID document' }).getByText('Drop a file here'));
  await expect(page.getByRole('img', { name: 'ID document: dropped.jpg' })).toBeVisible();
});

test('is accessible and fits 1440, 390 and 320 pixels in light and dark colours', async ({ page }) => {
  const inEachWidth = async () => {
    for (const width of [1440, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await (width === 390 ? expectAccessible(page) : expectAccessibleInBothColours(page));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  };
  await fill(page);
  await inEachWidth();
  await intercept(page, POST, () => {});
  await submit(page).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await inEachWidth();
});

test.describe('an auditor', () => {
  test.use({ role: 'auditor' });
  test('finds neither the link nor the page', async ({ page }) => {
    await page.goto('/verifications');
    await expect(page.getByRole('link', { name: 'Verifications' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'New verification' })).toHaveCount(0);
    await page.goto('/verifications/new');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
    await expect(submit(page)).toHaveCount(0);
  });
});
