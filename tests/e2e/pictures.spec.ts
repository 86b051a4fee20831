import type { CDPSession, Page } from '@playwright/test';
import sharp from 'sharp';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import { aliveOn } from '../helpers/page-memory';
import { quartersSeen, turnedFile, UPRIGHT_QUARTERS } from '../helpers/turned-files';
import { expect, expectAccessible, pageOf } from './fixtures';
import { hasPictures, openCase, picture, stage, test } from './picture-console';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** What this browser does by itself with a file in an image element, as `40x80 brwg`. */
async function seenByItself(page: Page, bytes: Buffer, type: string): Promise<string> {
  const { pixels, width, height } = await page.evaluate(
    async ([base64, type]) => {
      const image = new Image();
      image.src = `data:${type};base64,${base64}`;
      await image.decode();
      const context = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext('2d');
      context?.drawImage(image, 0, 0);
      const { naturalWidth: width, naturalHeight: height } = image;
      return { pixels: [...(context?.getImageData(0, 0, width, height).data ?? [])], width, height };
    },
    [bytes.toString('base64'), type] as const,
  );
  return quartersSeen(pixels, width, height);
}

test('a chosen file is shown upright in every format, whether this browser turns it by itself or not', async ({ page }) => {
  await page.goto('/verifications/new');
  // By pixels, so that a browser that changes its mind is noticed: a JPEG and a PNG are turned, a WebP is not.
  expect(await seenByItself(page, await turnedFile('jpeg', 6), 'image/jpeg')).toBe(UPRIGHT_QUARTERS[6]);
  expect(await seenByItself(page, await turnedFile('png', 6), 'image/png')).toBe(UPRIGHT_QUARTERS[6]);
  expect(await seenByItself(page, await turnedFile('avif', 6), 'image/avif')).toBe(UPRIGHT_QUARTERS[6]);
  expect(await seenByItself(page, await turnedFile('webp', 6), 'image/webp')).toBe(UPRIGHT_QUARTERS[1]);

  const field = page.getByLabel(/^Choose .*: ID document$/);
  for (const format of ['jpeg', 'webp', 'png'] as const)
    for (const orientation of ORIENTATIONS) {
      const name = `turned-${orientation}.${format === 'jpeg' ? 'jpg' : format}`;
      await field.setInputFiles({ name, mimeType: `image/${format}`, buffer: await turnedFile(format, orientation) });
      const preview = page.getByRole('img', { name: `ID document: ${name}` });
      await expect(preview).toBeVisible();
      const seen = async () => {
        const { data, info } = await sharp(await pixelsOf(preview))
          .raw()
          .ensureAlpha()
          .toBuffer({ resolveWithObject: true });
        // The preview is as large as its place lets it be.
        return `${info.width > info.height ? '80x40' : '40x80'} ${quartersSeen(data, info.width, info.height).split(' ')[1]}`;
      };
      await expect.poll(seen, name).toBe(UPRIGHT_QUARTERS[orientation]);
    }
});

async function pixelsOf(canvas: ReturnType<Page['locator']>): Promise<Buffer> {
  const url = await canvas.evaluate((element) => (element instanceof HTMLCanvasElement ? element.toDataURL() : ''));
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

test('the peek shows a turned picture upright, and marks the same main face where the case does', async ({ page, made }) => {
  const shown = { width: 600, height: 800 };
  // Listed first, but the smaller of the two.
  const faces = [wireFace(1, 150, 650, 120), wireFace(2, 300, 300, 260)];
  const bytes = await markedPicture(shown, faces, 6, 'webp');
  made.upstream.add({
    ...{ id: 9_990_000, pictures: { id: bytes, face: bytes }, faces: { id: faces, face: faces } },
    types: { id: 'image/webp', face: 'image/webp' },
  });
  await page.goto(`${made.url}/verifications?limit=100&offset=0&sortBy=verificationId&direction=desc`);
  const newest = page.locator('[data-row="9990000"]');
  await expect(newest).toBeVisible();
  // From wherever a first key led to, up to the newest.
  await expect(async () => {
    if ((await newest.getAttribute('aria-current')) !== 'true') await page.keyboard.press('k');
    await expect(newest).toHaveAttribute('aria-current', 'true', { timeout: 1_000 });
  }).toPass();
  await page.keyboard.press(' ');
  const peek = page.getByRole('region', { name: 'Verification 9990000 at a glance' });
  for (const title of ['ID document', 'Selfie']) {
    const canvas = peek.getByRole('img', { name: new RegExp(`^${title}:`) });
    await expect(canvas).toBeVisible();
    const frame = canvas.locator('xpath=..').locator('svg');
    await expect(frame).toHaveAttribute('viewBox', '0 0 600 800');
    await expect(frame.locator('rect[data-main]')).toHaveAttribute('width', '260');
    const { width, height } = await sharp(await pixelsOf(canvas)).metadata();
    expect(width / height).toBeCloseTo(0.75, 1);
  }
});

const overlay = (page: Page, side: 'ID document' | 'Selfie') => picture(page, side).locator('canvas').last();

async function onScreen(cdp: CDPSession, page: Page, ratio: number): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1440, height: 900 };
  await cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: ratio, mobile: false });
  await expect.poll(() => page.evaluate(() => window.devicePixelRatio)).toBe(ratio);
}

/** How many pixels of the screen, in the middle of the ID, are neither quite black nor quite white. */
async function greysOnScreen(cdp: CDPSession, page: Page, ratio: number): Promise<number> {
  const room = await picture(page, 'ID document').locator('canvas').first().boundingBox();
  const { data: base64 } = await cdp.send('Page.captureScreenshot', { format: 'png' });
  const at = (start: number, length: number) => Math.round((start + length / 2) * ratio) - 30;
  const { data, info } = await sharp(Buffer.from(base64, 'base64'))
    .extract({ left: at(room?.x ?? 0, room?.width ?? 0), top: at(room?.y ?? 0, room?.height ?? 0), width: 60, height: 60 })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return data.filter((value, index) => index % info.channels === 0 && value > 8 && value < 247).length;
}

test('on a screen of any density the canvases have its pixels, and 1:1 shows each pixel of the file as one of them', async ({
  page,
  made,
}) => {
  const size = { width: 1200, height: 900 };
  const checks = Buffer.alloc(size.width * size.height, 0).map((_, at) =>
    ((at % size.width) + Math.floor(at / size.width)) % 2 === 0 ? 255 : 0,
  );
  const bytes = await sharp(checks, { raw: { ...size, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const face = wireFace(1, 400, 450, 200);
  made.upstream.add({
    id: 9_500_010,
    pictures: { id: bytes, face: bytes },
    faces: { id: [face], face: [face] },
    types: { id: 'image/png', face: 'image/png' },
  });
  await openCase(page, made, 9_500_010);
  await hasPictures(page);
  const cdp = await page.context().newCDPSession(page);
  await page.keyboard.press('0');
  await expect(stage(page, 'ID document').locator('header')).toContainText('100%');
  /** Pixels in the middle of the canvas that are neither quite black nor quite white, and how many pixels the canvas has to one of CSS. */
  const read = () =>
    picture(page, 'ID document')
      .locator('canvas')
      .first()
      .evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return null;
        const { width, height, clientWidth } = canvas;
        const { data } = canvas.getContext('2d')?.getImageData(Math.round(width / 2) - 40, Math.round(height / 2) - 40, 80, 80) ?? {
          data: [],
        };
        const grey = Array.from({ length: 80 * 80 }, (_, at) => data[at * 4] ?? 128).filter((value) => value > 8 && value < 247).length;
        return { grey, ratio: Math.round((width / clientWidth) * 100) / 100 };
      });
  let before: Awaited<ReturnType<typeof aliveOn>> | null = null;
  // Nothing may lie over the pixels that are looked at.
  for (const key of ['h', 'l']) await page.keyboard.press(key);
  for (const ratio of [2, 1.25, 1.5, 3, 2]) {
    await onScreen(cdp, page, ratio);
    // A browser without a window draws no frame by itself, and only with one does it notice: the picture of the screen asks for one.
    const seen = async () => ({ onScreen: await greysOnScreen(cdp, page, ratio), ...(await read()) });
    await expect.poll(seen, `ratio ${ratio}`).toEqual({ onScreen: 0, grey: 0, ratio });
    await expect(stage(page, 'ID document').locator('header'), `ratio ${ratio}`).toContainText('100%');
    await expect
      .poll(() => overlay(page, 'Selfie').evaluate((canvas) => canvas instanceof HTMLCanvasElement && canvas.width > 0))
      .toBe(true);
    await expect
      .poll(() =>
        page
          .locator('canvas[data-comparison]')
          .evaluate((canvas) => canvas instanceof HTMLCanvasElement && canvas.width / canvas.clientWidth),
      )
      .toBeCloseTo(ratio, 1);
    before ??= await aliveOn(cdp);
  }
  const after = await aliveOn(cdp);
  // On the same screen as at first.
  expect(after.canvasPixels).toBeLessThanOrEqual((before?.canvasPixels ?? 0) * 1.05);
  expect(after.bitmaps).toBeLessThanOrEqual(before?.bitmaps ?? 0);
});

test('the connection screen proposes what the first records agree on, and a manager sets it for every picture', async ({ browser }) => {
  const manager = await pageOf(browser, 'manager', '/settings/connection');
  const counts = manager.getByRole('group', { name: 'This API counts in' });
  const [asShown, perPicture] = ['Pixels of the picture as shown', 'Decide for each picture'].map((name) =>
    counts.getByRole('radio', { name: new RegExp(name) }),
  );
  // The demo's own service counts as shown, and some of its pictures are turned.
  await expect(manager.getByText(/^The first \d+ records: \d+ pictures, \d+ of them turned/)).toBeVisible({ timeout: 60_000 });
  await expect(perPicture ?? counts).toBeChecked();
  await asShown?.check();
  await manager.getByRole('button', { name: 'Save setting' }).click();
  await expect(manager.getByText(/^Set by .*, /)).toBeVisible();
  await expectAccessible(manager);
  await manager.reload();
  await expect(asShown ?? counts).toBeChecked();
  await perPicture?.check();
  await manager.getByRole('button', { name: 'Save setting' }).click();
  await expect
    .poll(async () => (await (await manager.request.get('/api/upstream/coordinates')).json()).coordinates.setting)
    .toBe('per-picture');
  await manager.context().close();
});
