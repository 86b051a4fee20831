import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, expectAccessible, hasBothFaces, listRecords, test } from './fixtures';

interface Point {
  x: number;
  y: number;
}

interface FaceBody {
  boundingBox: Record<'x1' | 'x2' | 'y1' | 'y2', number>;
  landmarks: Record<'left_eye' | 'right_eye', Point>;
}

interface RecordBody {
  result: { modelResults: { technicalChecks: { idFaces?: FaceBody[]; selfieFaces?: FaceBody[] }[] }; files: { url: string }[] };
}

const canvas = (page: Page) => page.getByRole('img', { name: /^Eyes aligned, / });
const strip = (page: Page) => page.getByRole('region', { name: 'Comparison of the faces' });
const rail = (page: Page) => page.getByRole('complementary', { name: 'Facts' });
const inMode = (page: Page, mode: string) => expect(canvas(page)).toHaveAttribute('data-comparison', mode);

/** Records with a face on both pictures, from the end of the list: the tests of other screens begin at its start. */
async function comparableIds(page: Page): Promise<number[]> {
  const { data } = await listRecords(page, 'limit=100&sortBy=verificationId&direction=desc');
  return data
    .filter((record) => hasBothFaces(record) && /\.(jpe?g|png|webp)$/i.test(record.selfieFileName))
    .map(({ verificationId }) => verificationId);
}

async function openCase(page: Page, id: number): Promise<void> {
  await page.goto(`/verifications/${id}`);
  await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
}

/** The record's pictures replaced: black, but for a dot on each eye of the largest face, red on the ID and green on the selfie. */
async function paintEyes(page: Page, id: number): Promise<void> {
  const { result }: RecordBody = await (await page.request.get(`/api/verifications/${id}`)).json();
  const check = result.modelResults.technicalChecks.find(({ idFaces, selfieFaces }) => idFaces && selfieFaces);
  for (const [index, faces] of [check?.idFaces ?? [], check?.selfieFaces ?? []].entries()) {
    const name = result.files[index]?.url.split('/').at(-1) ?? '';
    const { width = 0, height = 0 } = await sharp(await (await page.request.get(`/api/files/${name}`)).body()).metadata();
    const area = ({ boundingBox: { x1, x2, y1, y2 } }: FaceBody) => (x2 - x1) * (y2 - y1);
    const face = faces.toSorted((a, b) => area(b) - area(a))[0];
    if (!face) throw new Error('the record counts a face but lists none');
    const { left_eye: left, right_eye: right } = face.landmarks;
    const radius = Math.hypot(left.x - right.x, left.y - right.y) * 0.12;
    const dots = [left, right].map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${index === 0 ? '#f00' : '#0f0'}"/>`);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${dots.join('')}</svg>`;
    const body = await sharp({ create: { width, height, channels: 3, background: '#000' } })
      .composite([{ input: Buffer.from(svg) }])
      .png()
      .toBuffer();
    await page.route(`**/api/files/${name}*`, (route) => route.fulfill({ contentType: 'image/png', body }));
  }
}

/** Middles of the dots of one colour within a part of the canvas, from left to right, in CSS pixels. */
function dots(page: Page, colour: 'red' | 'green', from = 0, to = 1): Promise<Point[]> {
  return canvas(page).evaluate(
    (element, { channel, share }) => {
      if (!(element instanceof HTMLCanvasElement)) return [];
      const { width, height } = element;
      const { data } = element.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
      const found: { x: number; y: number; count: number; last: number }[] = [];
      for (let x = Math.floor(width * share.from); x < width * share.to; x++)
        for (let y = 0; y < height; y++) {
          const at = (y * width + x) * 4;
          // The line through the eyes is white: it has blue, the dots have none.
          if ((data[at + channel] ?? 0) < 80 || (data[at + 2] ?? 0) > 60) continue;
          const current = found.at(-1);
          if (!current || x - current.last > 3) found.push({ x, y, count: 1, last: x });
          else Object.assign(current, { x: current.x + x, y: current.y + y, count: current.count + 1, last: x });
        }
      const ratio = width / element.clientWidth;
      return found.filter(({ count }) => count > 4).map(({ x, y, count }) => ({ x: x / count / ratio, y: y / count / ratio }));
    },
    { channel: colour === 'red' ? 0 : 1, share: { from, to } },
  );
}

function expectSamePlaces(some: Point[], others: Point[]): void {
  expect(some).toHaveLength(others.length);
  for (const [index, { x, y }] of some.entries())
    expect(Math.hypot(x - (others[index]?.x ?? 0), y - (others[index]?.y ?? 0))).toBeLessThan(2);
}

test('V leads through all four ways to compare, and in each the eyes of both faces lie on the same pixels', async ({ page }) => {
  const [id = 0] = await comparableIds(page);
  await paintEyes(page, id);
  await openCase(page, id);
  await inMode(page, 'side');
  await expect.poll(async () => (await dots(page, 'red', 0, 0.5)).length).toBe(2);
  const half = (await canvas(page).evaluate((element) => element.clientWidth)) / 2;
  const left = await dots(page, 'red', 0, 0.5);
  const right = await dots(page, 'green', 0.5, 1);
  expectSamePlaces(
    left.map(({ x, y }) => ({ x: x + half, y })),
    right,
  );

  await page.keyboard.press('v');
  await inMode(page, 'blink');
  await page.getByRole('button', { name: 'Stop blinking' }).click();
  const shown = async () => [(await dots(page, 'red')).length, (await dots(page, 'green')).length];
  await expect.poll(async () => (await shown()).toSorted()).toEqual([0, 2]);
  const first = (await dots(page, 'red')).length > 0 ? ('red' as const) : ('green' as const);
  const second = first === 'red' ? ('green' as const) : ('red' as const);
  const before = await dots(page, first);
  await page.getByRole('button', { name: 'Other face' }).click();
  await expect.poll(async () => (await dots(page, second)).length).toBe(2);
  expectSamePlaces(await dots(page, second), before);

  await page.keyboard.press('v');
  await inMode(page, 'slider');
  await expect.poll(async () => [(await dots(page, 'red')).length, (await dots(page, 'green')).length]).toEqual([1, 1]);
  expectSamePlaces([...(await dots(page, 'red')), ...(await dots(page, 'green'))], before);

  await page.keyboard.press('v');
  await inMode(page, 'onion');
  await expect.poll(async () => [(await dots(page, 'red')).length, (await dots(page, 'green')).length]).toEqual([2, 2]);
  expectSamePlaces(await dots(page, 'red'), await dots(page, 'green'));

  // Moved by hand it stays moved, zoomed and panned with the other, until it is put back.
  await strip(page)
    .getByRole('region', { name: /^Comparison: arrows/ })
    .focus();
  for (let press = 0; press < 8; press++) await page.keyboard.press('Shift+ArrowUp');
  const apart = async () => ((await dots(page, 'red'))[0]?.y ?? 0) - ((await dots(page, 'green'))[0]?.y ?? 0);
  await expect.poll(apart).toBeCloseTo(8, 0);
  await expect(strip(page)).toContainText('moved by hand');
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(apart).toBeCloseTo(10, 0);
  await page.keyboard.press('Backspace');
  await expect.poll(async () => Math.abs(await apart())).toBeLessThan(0.5);
  expectSamePlaces(await dots(page, 'red'), before);
  await page.keyboard.press('v');
  await inMode(page, 'side');
});

test('whoever wants less motion turns the faces by hand, and the choice of a way stays from case to case', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const [, one = 0, two = 0] = await comparableIds(page);
  await openCase(page, one);
  await page.keyboard.press('v');
  await inMode(page, 'blink');
  await expect(page.getByRole('button', { name: 'Other face' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Stop blinking|Blink by itself)$/ })).toHaveCount(0);
  const face = strip(page).getByRole('region', { name: /^Comparison: arrows/ });
  await expect(face).toContainText('ID face');
  await face.focus();
  await page.keyboard.press(' ');
  await expect(face).toContainText('Selfie face');
  await openCase(page, two);
  await inMode(page, 'blink');
});

test('what was found feature by feature is kept as a draft, stored with the decision and shown after a reload', async ({ page }) => {
  // Three loads of a case: more than the usual minute on a machine that does other things too.
  test.slow();
  const id = (await comparableIds(page))[3] ?? 0;
  await openCase(page, id);
  await page.keyboard.press('Shift+F');
  const feature = (name: string, verdict: string) => page.getByRole('group', { name, exact: true }).getByRole('radio', { name: verdict });
  await expect(feature('Forehead', 'Same')).toBeFocused();
  await page.keyboard.press(' ');
  await page.keyboard.press('Tab');
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  await expect(feature('Brows', 'Different')).toBeChecked();
  await feature('Ears', 'Cannot tell').check({ force: true });
  await page.reload();
  await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Shift+F');
  await expect(feature('Forehead', 'Same')).toBeChecked();
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await page.getByRole('textbox', { name: 'Rationale' }).fill('The brows differ, and nothing else tells.');
  await page.keyboard.press('Control+Enter');
  const said = 'different: brows; same: forehead; cannot tell: ears';
  await expect(rail(page)).toContainText(`Compared: ${said}`);
  await page.reload();
  await expect(rail(page)).toContainText(`Compared: ${said}`);
  await expect(rail(page).getByRole('region', { name: 'Timeline' })).toContainText(said);
  await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Shift+F');
  await expect(feature('Forehead', 'Same')).not.toBeChecked();
});

test('any face of the ID is laid upon the selfie, measured in numbers and words, and a missing picture is said to be missing', async ({
  page,
}) => {
  const ids = await comparableIds(page);
  const { data } = await listRecords(page, 'limit=100&sortBy=verificationId&direction=desc');
  const twoFaces = data.find(
    ({ verificationId, modelResults }) =>
      ids.includes(verificationId) && modelResults.technicalChecks.some(({ faceCount }) => faceCount?.id === 2),
  );
  await openCase(page, twoFaces?.verificationId ?? 0);
  const table = strip(page).getByRole('table', { name: 'Both faces measured' });
  await expect(table).toContainText(/\d+ × \d+/);
  await expect(table).toContainText(/soft|good/);
  const picker = page.getByRole('combobox', { name: 'Face of the ID' });
  const before = await picker.inputValue();
  await picker.selectOption({ index: before.endsWith('1') ? 1 : 0 });
  await expect(canvas(page)).toHaveAccessibleName(before.endsWith('1') ? /ID face 2/ : /ID face 1/);
  await expect(strip(page)).toContainText('treat likeness with care');

  await page.route('**/api/files/v_id_*', (route) => route.fulfill({ status: 404, json: {} }));
  await page.reload();
  await expect(strip(page)).toContainText('The ID is not shown, so it cannot be compared.', { timeout: 30_000 });
});

test('axe finds nothing on a comparison over both pictures, light and dark; Escape puts it back below them', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const [id = 0] = await comparableIds(page);
  await openCase(page, id);
  const low = (await strip(page).boundingBox())?.height ?? 0;
  await page.keyboard.press('Shift+V');
  await expect.poll(async () => ((await strip(page).boundingBox())?.height ?? 0) / low).toBeGreaterThan(2);
  await expectAccessible(page);
  // The measures in light, the checklist in their place in dark: the same colours, half the time.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('Shift+F');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await strip(page).boundingBox())?.height).toBe(low);
  await expect(page).toHaveURL(/\/verifications\/\d+$/);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});
