import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { ImagePoint } from '@/lib/domain/geometry';
import { fitView, toStage } from '@/lib/picture/view';
import { inStoredPixels, markedPicture, type WireFace, wireFace } from '../helpers/marked-picture';
import { aliveOn } from '../helpers/page-memory';
import { expect, expectAccessible } from './fixtures';
import { hasPictures, openCase, type PictureConsole, picture, rail, SIDES, type Side, stage, test, walkTo } from './picture-console';

const surface = (page: Page, side: Side) => page.getByRole('region', { name: new RegExp(`^${side}: arrows`) });

/** A case both of whose pictures are the same. */
function addCase({ upstream }: PictureConsole, id: number, bytes: Buffer, faces: { id: unknown[]; face: unknown[] }): void {
  upstream.add({ id, pictures: { id: bytes, face: bytes }, faces });
}

const typesOf = (type: string) => ({ id: type, face: type });

interface Dot {
  x: number;
  y: number;
}

/** Middles of the dark discs of the picture, or of the dots of the overlay, in pixels of the canvas, from left to right. */
function dotsOf(page: Page, side: Side, layer: 'picture' | 'overlay'): Promise<Dot[]> {
  const canvases = picture(page, side).locator('canvas');
  return (layer === 'picture' ? canvases.first() : canvases.last()).evaluate((canvas, isPicture) => {
    if (!(canvas instanceof HTMLCanvasElement)) return [];
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    const at = (index: number) => data[index] ?? 0;
    const counts = (pixel: number) =>
      at(4 * pixel + 3) > 200 && (!isPicture || at(4 * pixel) + at(4 * pixel + 1) + at(4 * pixel + 2) < 240);
    const seen = new Uint8Array(width * height);
    const found: { x: number; y: number }[] = [];
    for (let start = 0; start < seen.length; start++) {
      if (seen[start] || !counts(start)) continue;
      const queue = [start];
      seen[start] = 1;
      let [x, y] = [0, 0];
      for (const pixel of queue) {
        x += pixel % width;
        y += Math.floor(pixel / width);
        for (const next of [pixel - 1, pixel + 1, pixel - width, pixel + width]) {
          if (next < 0 || next >= seen.length || seen[next] || !counts(next)) continue;
          seen[next] = 1;
          queue.push(next);
        }
      }
      if (queue.length >= 6) found.push({ x: x / queue.length, y: y / queue.length });
    }
    return found.sort((a, b) => a.x - b.x || a.y - b.y);
  }, layer === 'picture');
}

/** The farthest any overlay dot lies from the disc it belongs to, in screen pixels. */
async function farthest(page: Page, side: Side): Promise<number> {
  const [discs, dots] = [await dotsOf(page, side, 'picture'), await dotsOf(page, side, 'overlay')];
  if (discs.length !== 5 || dots.length !== 5) return Number.POSITIVE_INFINITY;
  return Math.max(...dots.map((dot) => Math.min(...discs.map((disc) => Math.hypot(disc.x - dot.x, disc.y - dot.y)))));
}

async function lookAtFacesOneToOne(page: Page): Promise<void> {
  await page.keyboard.press('h');
  for (const name of [/^ID 1/, /^Selfie 1/]) await rail(page).getByRole('button', { name }).click();
  await page.keyboard.press('0');
  for (const side of SIDES) await expect(stage(page, side).locator('header')).toContainText('100%');
}

test('landmarks lie within 2 px at 100 % for all eight EXIF orientations and in every format that has them, sent in stored or in shown pixels, at 12 and at 48 MP', async ({
  page,
  made,
}) => {
  test.setTimeout(180_000);
  const format = 'jpeg' as const;
  const turned = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((orientation) => ({ orientation, format, shown: { width: 4000, height: 3000 } }));
  const small = { width: 900, height: 700 };
  const all = [
    ...turned,
    { orientation: 6 as const, format, shown: { width: 6000, height: 8000 } },
    { orientation: 3 as const, format: 'webp' as const, shown: small },
    // More than the page gets of a picture: the rest stays in a worker.
    { orientation: 6 as const, format: 'webp' as const, shown: { width: 2400, height: 2000 } },
    { orientation: 5 as const, format: 'png' as const, shown: small },
    { orientation: 7 as const, format: 'avif' as const, shown: small },
  ];
  for (const [index, { orientation, format, shown }] of all.entries()) {
    const face = wireFace(1, shown.width * 0.3, shown.height * 0.4, 200);
    const faces = { id: [inStoredPixels(face, shown, orientation)], face: [face] };
    const bytes = await markedPicture(shown, [face], orientation, format);
    made.upstream.add({ id: 9_010_001 + index, pictures: { id: bytes, face: bytes }, faces, types: typesOf(`image/${format}`) });
  }
  for (const [index, { orientation, format }] of all.entries()) {
    const id = 9_010_001 + index;
    await (index === 0 ? openCase(page, made, id, 'list') : walkTo(page, 'j', id));
    await hasPictures(page);
    await expect(stage(page, 'ID document')).toContainText(`EXIF ${orientation}, as ${orientation === 1 ? 'shown' : 'stored'}`);
    await expect(stage(page, 'Selfie')).toContainText(`EXIF ${orientation}, as shown`);
    await lookAtFacesOneToOne(page);
    for (const side of SIDES)
      await expect.poll(() => farthest(page, side), `${format}, EXIF ${orientation}, ${side}`).toBeLessThanOrEqual(2);
  }
});

test('U takes the coordinates the other way, for good on this case, and says that somebody chose', async ({ page, made }) => {
  const shown = { width: 900, height: 1200 };
  const face = wireFace(1, 300, 500, 200);
  const bytes = await markedPicture(shown, [face], 6);
  addCase(made, 9_000_020, bytes, { id: [inStoredPixels(face, shown, 6)], face: [face] });
  await openCase(page, made, 9_000_020);
  await expect(rail(page)).toContainText('EXIF 6, coordinates as stored. Only so the face stands upright.');
  await surface(page, 'ID document').focus();
  await page.keyboard.press('u');
  await expect(stage(page, 'ID document')).toContainText('EXIF 6, as shown by hand');
  await expect(stage(page, 'Selfie')).toContainText('EXIF 6, as shown');
  await page.reload();
  await expect(stage(page, 'ID document')).toContainText('EXIF 6, as shown by hand');
  await surface(page, 'ID document').focus();
  await page.keyboard.press('u');
  await expect(stage(page, 'ID document').getByRole('button', { name: 'EXIF 6, as stored', exact: true })).toBeVisible();
});

test('tools change what is seen by key, both pictures when paired, and the decision keeps the view it was made in', async ({
  page,
  made,
}) => {
  const size = { width: 1200, height: 900 };
  const face = wireFace(1, 400, 400, 300);
  const bytes = await markedPicture(size, [face]);
  addCase(made, 9_000_030, bytes, { id: [face], face: [face] });
  await openCase(page, made, 9_000_030);
  await hasPictures(page);
  await page.keyboard.press('h');
  await expect.poll(() => dotsOf(page, 'Selfie', 'overlay')).toHaveLength(5);
  const before = await dotsOf(page, 'Selfie', 'overlay');
  const width = await picture(page, 'Selfie')
    .locator('canvas')
    .last()
    .evaluate((canvas) => canvas.clientWidth);
  await page.keyboard.press('m');
  const mirrored = width - (before.at(-1)?.x ?? 0);
  await expect.poll(async () => Math.abs(((await dotsOf(page, 'Selfie', 'overlay'))[0]?.x ?? 0) - mirrored)).toBeLessThanOrEqual(1);
  await expect.poll(() => farthest(page, 'Selfie')).toBeLessThanOrEqual(2);

  await page.keyboard.press('i');
  await expect(page.getByRole('slider', { name: 'Brightness' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Greyscale' }).click();
  for (const side of SIDES)
    await expect
      .poll(() =>
        picture(page, side)
          .locator('canvas')
          .first()
          .evaluate((canvas) => getComputedStyle(canvas).filter),
      )
      .toContain('url(');
  expect(
    await picture(page, 'Selfie')
      .locator('canvas')
      .last()
      .evaluate((canvas) => getComputedStyle(canvas).filter),
  ).toBe('none');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('slider', { name: 'Brightness' })).toHaveCount(0);

  await page.keyboard.press('p');
  await expect(stage(page, 'Selfie').locator('header')).toContainText('paired');
  const zoomOf = async (side: Side) => Number(/(\d+)%/.exec(await stage(page, side).locator('header').innerText())?.[1]);
  const zooms = [await zoomOf('ID document'), await zoomOf('Selfie')];
  await stage(page, 'ID document').hover();
  await page.keyboard.press('+');
  await expect.poll(async () => (await zoomOf('Selfie')) / (zooms[1] ?? 1)).toBeGreaterThan(1.2);
  expect((await zoomOf('ID document')) / (zooms[0] ?? 1)).toBeCloseTo(1.25, 1);

  await page.keyboard.press('q');
  await expect(stage(page, 'ID document')).toContainText('1:1');
  for (let press = 0; press < 4; press++) await page.keyboard.press('q');
  await expect(stage(page, 'ID document')).not.toContainText('1:1');

  await page.keyboard.press('v');
  await page.getByRole('region', { name: /^Comparison: arrows/ }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('#');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.keyboard.press('d');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true);
  await page.keyboard.press('1');
  await page.getByRole('button', { name: /^Confirm/ }).click();
  await expect(rail(page)).toContainText('Looked at: ID at');
  await expect(rail(page)).toContainText('mirrored, brightness +5, greyscale');
  await expect(rail(page)).toContainText(/laid together: blink, ID face 1 and selfie face 1, the selfie moved by hand \+0\.0\d across/);
  const { review } = await (await page.request.get(`${made.url}/api/verifications/9000030/review`)).json();
  expect(review.decisions[0].view).toMatchObject({
    paired: true,
    boxes: false,
    id: { mirrored: true, turn: 0, look: { brightness: 5, greyscale: true, gamma: 1 }, coordinates: { orientation: 1, space: 'shown' } },
    face: { mirrored: true },
    comparison: {
      mode: 'blink',
      id: { number: 1, laidBy: 'landmarks' },
      face: { number: 1 },
      zoom: 1,
      shift: { x: 0, y: 0 },
      large: false,
    },
  });
  await page.keyboard.press('Backspace');
  await expect
    .poll(() =>
      picture(page, 'ID document')
        .locator('canvas')
        .first()
        .evaluate((canvas) => getComputedStyle(canvas).filter),
    )
    .toBe('none');
});

test('of broken geometry what is valid is drawn, and the rest is listed with what the record says', async ({ page, made }) => {
  const good = wireFace(1, 300, 300, 200);
  const box = good.boundingBox;
  const faces = [
    good,
    null,
    { boundingBox: { x1: box.x2, x2: box.x1, y1: box.y2, y2: box.y1 }, detectionConfidence: 0.9 },
    { boundingBox: { ...box, x1: '12' } },
    { boundingBox: { ...box, x1: null } },
    { boundingBox: { x1: -50, x2: 90, y1: -20, y2: 80 } },
    { boundingBox: { x1: 5000, x2: 5100, y1: 10, y2: 80 } },
    { boundingBox: { ...box, x2: box.x1 } },
    { boundingBox: { x1: 1, x2: 1e308, y1: 1, y2: 1e308 } },
    { ...good, landmarks: { ...good.landmarks, nose: { x: 'NaN', y: 4 } } },
    'a face',
  ];
  const bytes = await markedPicture({ width: 1200, height: 900 }, [good]);
  addCase(made, 9_000_040, bytes, { id: faces, face: [] });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await openCase(page, made, 9_000_040);
  const list = rail(page);
  for (const sentence of [
    'The record gives no box for this face.',
    'The corners came in the wrong order and were put right.',
    'The box holds something that is not a number.',
    'Part of the box lies outside the picture.',
    'The box lies outside the picture.',
    'The box has no area.',
    'Not usable as a point: nose.',
    'nose: {"x":"NaN","y":4}',
    '"x1": "12"',
  ])
    await expect(list.getByText(sentence).first(), sentence).toBeVisible();
  await expect(list.getByText('not drawn', { exact: true })).toHaveCount(6);
  await expect(list.getByRole('button', { name: /^ID 1, portrait|^ID 10, portrait/ })).toHaveCount(1);
  expect(errors).toEqual([]);
  await expectAccessible(page);
});

/** Faces in rows over a picture, of different confidence and slightly different size. */
function crowd(count: number, { width, height }: { width: number; height: number }): WireFace[] {
  const columns = Math.ceil(Math.sqrt((count * width) / height));
  const [across, down] = [width / columns, height / Math.ceil(count / columns)];
  return Array.from({ length: count }, (_, index) => {
    const wobble = Math.sin(index * 7) * across * 0.06;
    const x = ((index % columns) + 0.5) * across + wobble;
    const y = (Math.floor(index / columns) + 0.5) * down - wobble;
    return wireFace(
      index + 1,
      Math.round(x),
      Math.round(y),
      Math.round(Math.min(across, down) * 0.62 + wobble),
      0.8 + ((index * 37) % 100) / 500,
    );
  });
}

test('forty faces: every one listed, filtered by size and confidence, and reached by Tab, which lets go again', async ({ page, made }) => {
  const size = { width: 1600, height: 1200 };
  const faces = crowd(40, size);
  const selfie = wireFace(1, 600, 560, 420, 0.9987);
  const pictures = { id: await markedPicture(size, faces), face: await markedPicture({ width: 1200, height: 1200 }, [selfie]) };
  made.upstream.add({ id: 9_000_050, pictures, faces: { id: faces, face: [selfie] } });
  await openCase(page, made, 9_000_050);
  await hasPictures(page);
  await expect(rail(page)).toContainText('41 faces');
  await page.getByRole('slider', { name: 'Confidence' }).fill('0.9');
  const left = 1 + faces.filter(({ detectionConfidence }) => detectionConfidence >= 0.9).length;
  await expect(rail(page)).toContainText(`${left} of 41 faces shown`);
  await expect(picture(page, 'ID document')).toHaveAccessibleName(new RegExp(`${left - 1} faces`));
  await rail(page).getByRole('button', { name: 'Show all' }).click();

  await surface(page, 'ID document').focus();
  await page.keyboard.press('Tab');
  await expect(rail(page).locator('[data-lit]')).toContainText(/^ID 1,/);
  await page.keyboard.press('Tab');
  await expect(rail(page).locator('[data-lit]')).toContainText(/^ID 2,/);
  for (let step = 3; step <= 30; step++) await page.keyboard.press('Tab');
  await expect(rail(page).locator('[data-lit]')).toContainText(/^ID 30,/);
  await expect(rail(page).locator('[data-lit]')).toBeInViewport({ ratio: 1 });
  for (let step = 29; step >= 2; step--) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(rail(page).locator('[data-lit]')).toContainText(/^ID 1,/);
  await expect(surface(page, 'ID document')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(rail(page).locator('[data-lit]')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(surface(page, 'ID document')).not.toBeFocused();
  await expect(page).toHaveURL(/9000050/);
});

test('a thousand faces are listed and drawn, and one of them is still found under the pointer', async ({ page, made }) => {
  const size = { width: 4000, height: 3000 };
  const faces = crowd(1000, size);
  const bytes = await markedPicture(size, []);
  addCase(made, 9_000_060, bytes, { id: faces, face: [] });
  await openCase(page, made, 9_000_060);
  await hasPictures(page);
  await expect(rail(page)).toContainText('1000 faces');
  await rail(page)
    .getByRole('button', { name: /^ID 500,/ })
    .click();
  const room = await picture(page, 'ID document').boundingBox();
  if (!room) throw new Error('the ID has no canvas');
  await page.mouse.move(room.x + room.width / 2, room.y + room.height / 2);
  await expect(rail(page).locator('[data-lit]')).toContainText(/^ID 500,/);
});

test('cases opened in a row leave heap, bitmaps and canvases as they were', async ({ page, made }) => {
  // The bench `memory` opens two hundred.
  test.setTimeout(120_000);
  const face = wireFace(1, 800, 800, 500);
  // More than four megapixels: the worker keeps the whole, and what it keeps has to go too.
  const bytes = await markedPicture({ width: 2400, height: 1800 }, [face]);
  const ids = Array.from({ length: 5 }, (_, index) => 9_100_000 + index);
  for (const id of ids) addCase(made, id, bytes, { id: [face], face: [face] });
  const cdp = await page.context().newCDPSession(page);
  await openCase(page, made, ids[0] ?? 0, 'list');
  const tour = async () => {
    for (const [key, order] of [
      ['j', ids.slice(1)],
      ['k', ids.slice(0, -1).reverse()],
    ] as const)
      for (const id of order) {
        await walkTo(page, key, id);
        await hasPictures(page);
      }
  };
  await tour();
  const before = await aliveOn(cdp);
  await tour();
  const after = await aliveOn(cdp);
  expect(after.bitmaps).toBeLessThanOrEqual(before.bitmaps);
  // Canvases left behind at each of eight openings would make them many times as many; how large the ones in use are depends on what
  // stands beside them.
  expect(after.canvasPixels).toBeLessThanOrEqual(before.canvasPixels * 1.5);
  // As steep as 15 % in twenty openings would be.
  expect(after.heapMB).toBeLessThan(before.heapMB * 1.06 + 0.5);
});

interface Probe {
  /** Middle of what is looked at, and how far to each side, in pixels of the canvas. */
  x: number;
  y: number;
  across: number;
  down: number;
}

/** The darkest and the lightest pixel about each place, as the overlay lies over a picture of one grey: relative luminance 0..1. */
function luminances(page: Page, side: Side, grey: number, probes: Probe[]): Promise<{ low: number; high: number }[]> {
  return picture(page, side)
    .locator('canvas')
    .last()
    .evaluate(
      (canvas, { grey, probes }) => {
        const context = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
        const linear = (value: number) => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return probes.map(({ x, y, across, down }) => {
          const { data } = context?.getImageData(x - across, y - down, 2 * across + 1, 2 * down + 1) ?? { data: [] };
          let [low, high] = [1, 0];
          for (let at = 0; at < data.length; at += 4) {
            const opacity = (data[at + 3] ?? 0) / 255;
            const seen = (channel: number) => linear(((data[at + channel] ?? 0) * opacity + grey * (1 - opacity)) / 255);
            const luminance = 0.2126 * seen(0) + 0.7152 * seen(1) + 0.0722 * seen(2);
            [low, high] = [Math.min(low, luminance), Math.max(high, luminance)];
          }
          return { low, high };
        });
      },
      { grey, probes },
    );
}

const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

test('boxes, points and labels stand out on a black and on a white picture alike', async ({ page, made }) => {
  const size = { width: 1200, height: 900 };
  const faces = [wireFace(1, 400, 450, 360), wireFace(2, 900, 450, 200)];
  const flat = (background: string) =>
    sharp({ create: { ...size, channels: 3, background } })
      .png()
      .toBuffer();
  const [black, white] = [await flat('#000'), await flat('#fff')];
  for (const [index, pictures] of [
    { id: black, face: white },
    { id: white, face: black },
  ].entries())
    made.upstream.add({ id: 9_200_000 + index, pictures, faces: { id: faces, face: faces } });
  for (const id of [9_200_000, 9_200_001]) {
    await (id === 9_200_000 ? openCase(page, made, id, 'list') : walkTo(page, 'j', id));
    await hasPictures(page);
    for (const side of SIDES) {
      const isBlack = (side === 'ID document') === (id === 9_200_000);
      const background = isBlack ? 0 : 1;
      const canvas = picture(page, side).locator('canvas').last();
      const room = await canvas.evaluate(({ clientWidth, clientHeight }) => ({ width: clientWidth, height: clientHeight }));
      const at = (point: ImagePoint) => {
        const { stageX, stageY } = toStage(point, size, fitView(size, room, 0));
        return { x: Math.round(stageX), y: Math.round(stageY) };
      };
      const seen = (probes: Probe[]) => luminances(page, side, isBlack ? 0 : 255, probes);
      for (const { boundingBox: box, landmarks, faceId } of faces) {
        const what = `${faceId} on ${isBlack ? 'black' : 'white'}, ${side}`;
        const [corner, opposite] = [at({ x: box.x1, y: box.y1 }), at({ x: box.x2, y: box.y2 })];
        // A dash and its gap are nine pixels: every place of an edge has a dash within five.
        const down = Array.from({ length: 5 }, (_, step) => Math.round(corner.y + ((step + 1) * (opposite.y - corner.y)) / 6));
        const edges = down.flatMap((y) => [corner.x, opposite.x].map((x) => ({ x, y, across: 4, down: 5 })));
        const points = Object.values(landmarks).map((point) => ({ ...at(point), across: 8, down: 8 }));
        const weakest = async () =>
          Math.min(
            ...(await seen([...edges, ...points])).map(({ low, high }) => Math.max(contrast(low, background), contrast(high, background))),
          );
        await expect.poll(weakest, what).toBeGreaterThanOrEqual(3);
        const [label] = await seen([{ x: corner.x + 14, y: corner.y - 11, across: 12, down: 8 }]);
        expect(contrast(label?.low ?? 0, label?.high ?? 0), `label of ${what}`).toBeGreaterThanOrEqual(4.5);
        expect(Math.max(contrast(label?.low ?? 0, background), contrast(label?.high ?? 0, background)), `label of ${what}`).toBeGreaterThan(
          3,
        );
      }
    }
  }
});
