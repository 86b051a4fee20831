import type { Page } from '@playwright/test';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import { brokenScan, filledForm, jbig2Scan, jpeg2000Scan, lettersWithoutFont, lockedDocument, threePages } from '../helpers/pdf-files';
import { expect, expectAccessible } from './fixtures';
import { openCase, type PictureConsole, stage, test } from './picture-console';

const FIRST = 9_700_000;
const idDocument = (page: Page) => stage(page, 'ID document');

async function addDocument({ upstream }: PictureConsole, id: number, bytes: Buffer): Promise<void> {
  const face = await markedPicture({ width: 300, height: 400 }, []);
  upstream.add({
    id,
    pictures: { id: bytes, face },
    types: { id: 'application/pdf' },
    faces: { id: [wireFace(1, 150, 200, 120)], face: [] },
  });
}

/** How much of the left and right half of the drawn page, and of its upper half, is dark, from 0 to 1. */
function darkness(page: Page): Promise<{ left: number; right: number; top: number }> {
  return idDocument(page)
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: new Uint8ClampedArray() };
      // The page is what is not see-through.
      const [left, right, top] = [
        { dark: 0, all: 0 },
        { dark: 0, all: 0 },
        { dark: 0, all: 0 },
      ];
      const columns = Array.from({ length: width }, (_, x) => x).filter(
        (x) => (data[(Math.floor(height / 2) * width + x) * 4 + 3] ?? 0) > 0,
      );
      const middle = ((columns[0] ?? 0) + (columns.at(-1) ?? 0)) / 2;
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const at = (y * width + x) * 4;
          if (data[at + 3] === 0) continue;
          const dark = (data[at] ?? 255) < 128 ? 1 : 0;
          for (const part of [x < middle ? left : right, ...(y < height / 2 ? [top] : [])]) {
            part.dark += dark;
            part.all += 1;
          }
        }
      const share = ({ dark, all }: { dark: number; all: number }) => (all === 0 ? 0 : dark / all);
      return { left: share(left), right: share(right), top: share(top) };
    });
}

const LEFT_IS_DARK = { left: 1, right: 0 };
const halves = async (page: Page) => {
  const { left, right } = await darkness(page);
  return { left: Math.round(left), right: Math.round(right) };
};

test('scans in JPEG 2000 and JBIG2, filled fields and letters without a font are drawn, by this console alone', async ({ page, made }) => {
  test.setTimeout(120_000);
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(made.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  for (const [at, { what, bytes }] of [
    { what: 'JPEG 2000', bytes: await jpeg2000Scan() },
    { what: 'JBIG2', bytes: jbig2Scan() },
    { what: 'a filled field', bytes: filledForm() },
  ].entries())
    await test.step(what, async () => {
      await addDocument(made, FIRST + at, bytes);
      await openCase(page, made, FIRST + at);
      await expect(idDocument(page).getByRole('status')).toContainText('A PDF of one page.');
      await expect.poll(() => halves(page)).toEqual(LEFT_IS_DARK);
      await expect(idDocument(page).getByRole('status')).not.toContainText('could not be drawn');
      await expect(idDocument(page).getByRole('link', { name: 'Download it' })).toHaveCount(0);
    });
  await test.step('letters', async () => {
    await addDocument(made, FIRST + 3, lettersWithoutFont());
    await openCase(page, made, FIRST + 3);
    await expect(idDocument(page).getByRole('status')).toContainText('other fonts stand in');
    // Empty boxes would be lighter: four strokes each.
    await expect.poll(async () => (await darkness(page)).top).toBeGreaterThan(0.05);
    await expect(idDocument(page).getByRole('link', { name: 'Download it' })).toBeVisible();
  });
  expect(elsewhere).toEqual([]);
});

test('what cannot be drawn of a document is said, with a download; a locked one says that it is locked', async ({ page, made }) => {
  await addDocument(made, FIRST + 10, brokenScan());
  await openCase(page, made, FIRST + 10);
  await expect(idDocument(page).getByRole('status')).toContainText('Parts of this page could not be drawn.');
  await expect(idDocument(page).getByRole('link', { name: 'Download it' })).toBeVisible();
  await expectAccessible(page);
  await addDocument(made, FIRST + 11, lockedDocument());
  await openCase(page, made, FIRST + 11);
  await expect(idDocument(page).getByRole('status')).toContainText('It is locked with a password.');
  await expect(idDocument(page).getByRole('link', { name: 'Download it' })).toBeVisible();
});

test('the pages of a document are turned, and no box of the record is drawn on any of them', async ({ page, made }) => {
  await addDocument(made, FIRST + 20, threePages());
  await openCase(page, made, FIRST + 20);
  const pages = idDocument(page).getByRole('group', { name: 'Pages of the document' });
  await expect(idDocument(page).getByRole('status').last()).toContainText('Page 1 of a PDF of 3 pages. Boxes of the record are not drawn');
  await expect.poll(() => halves(page)).toEqual({ left: 0, right: 0 });
  await pages.getByRole('button', { name: 'Next page' }).press('Enter');
  await expect(idDocument(page).getByText(/^Page 2 of a PDF of 3 pages/)).toBeVisible();
  await expect.poll(() => halves(page)).toEqual(LEFT_IS_DARK);
  await expect(idDocument(page).getByRole('img', { name: /^ID document,/ })).toHaveAccessibleName(
    /Page 2; no face of the record is drawn on it/,
  );
  await pages.getByRole('combobox', { name: 'Page' }).selectOption('3');
  await expect(idDocument(page).getByText(/^Page 3 of a PDF of 3 pages/)).toBeVisible();
  await expect(pages.getByRole('button', { name: 'Next page' })).toBeDisabled();
  await expect.poll(() => halves(page)).toEqual({ left: 0, right: 0 });
  await expectAccessible(page);
});
