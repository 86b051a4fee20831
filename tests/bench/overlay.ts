import type { Browser, CDPSession, Page } from 'playwright';
import sharp from 'sharp';
import { type WireFace, wireFace } from '../helpers/marked-picture';
import { type PictureUpstream, startPictureUpstream } from '../helpers/picture-upstream';
import { launchBrowser } from './open-browser';
import { startProduct } from './product';
import { drawRaw } from './raw-overlay';
import { median, rounded } from './statistics';

const PORT = 3930;
const ROUNDS = 5;
const PAN_ROUNDS = 9;
const FRAMES = 40;
const PICTURE = { width: 4000, height: 3000 };
const FEW = { id: 1, count: 1000, across: 100 };
const MANY = { id: 2, count: 5000, across: 44 };
const LARGE = { id: 3, width: 8000, height: 6000 };

/**
 * The overlay and the decoding of the real product in the real browser, each against its plain peer in the same run.
 * `shapeVsRaw1000`: JavaScript of a pan frame with 1,000 faces over that of the same boxes and dots drawn one by one on a bare
 * canvas. `lodVsRaw5000`: the same with 5,000, where the peer knows no levels of detail. `longestBlock48MPms`: the longest time
 * the page does not answer while 48 megapixels are fetched, decoded, drawn and looked at 1:1; `longestBlockVsDecode` over what the
 * plain way costs, `decodeHere`: the same file in an image element, drawn once at 1:1, which decodes it on the page's own thread.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const upstream = await startPictureUpstream();
  const crowds = await addCases(upstream);
  const product = await startProduct({ url: upstream.url, key: 'bench' }, PORT, log);
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, extraHTTPHeaders: { cookie: product.cookie } });
    const caseUrl = (id: number) => `${product.url}/verifications/${id}`;
    const pans = { shape1000: [], raw1000: [], shape5000: [], raw5000: [] } as Record<string, number[]>;
    for (const { id, count } of [FEW, MANY]) {
      const page = await context.newPage();
      await page.goto(caseUrl(id));
      const room = await stageOf(page);
      const raw = await rawPage(browser, crowds.get(id) ?? [], room);
      // Neither is judged while the browser still compiles it.
      await panMs(page, room);
      await panMs(raw, { ...room, x: 0, y: 0 });
      for (let round = 0; round < PAN_ROUNDS; round++) {
        pans[`shape${count}`]?.push(await panMs(page, room));
        pans[`raw${count}`]?.push(await panMs(raw, { ...room, x: 0, y: 0 }));
        log(`${count} faces, round ${round + 1}: ${pans[`shape${count}`]?.at(-1)} ms against ${pans[`raw${count}`]?.at(-1)} ms`);
      }
      await page.close();
      await raw.context().close();
    }
    const blocks: number[] = [];
    const decodes: number[] = [];
    const page = await context.newPage();
    for (let round = 0; round < ROUNDS; round++) {
      blocks.push(await longestBlock(page, caseUrl(LARGE.id)));
      decodes.push(await decodeHere(page));
      log(`48 MP, round ${round + 1}: blocked ${blocks.at(-1)} ms, decoding here ${decodes.at(-1)} ms`);
    }
    const of = (name: string) => median(pans[name] ?? []);
    return {
      shapeVsRaw1000: rounded(of('shape1000') / of('raw1000')),
      lodVsRaw5000: rounded(of('shape5000') / of('raw5000')),
      longestBlock48MPms: rounded(median(blocks)),
      longestBlockVsDecode: rounded(median(blocks) / median(decodes)),
      shape1000ms: rounded(of('shape1000')),
      raw1000ms: rounded(of('raw1000')),
      shape5000ms: rounded(of('shape5000')),
      raw5000ms: rounded(of('raw5000')),
      decodeHere48MPms: rounded(median(decodes)),
    };
  } finally {
    await browser.close();
    await product.stop();
    await upstream.close();
  }
}

async function addCases(upstream: PictureUpstream): Promise<Map<number, WireFace[]>> {
  const plain = await sharp({ create: { ...PICTURE, channels: 3, background: '#b9b2a5' } })
    .jpeg()
    .toBuffer();
  const crowds = new Map([FEW, MANY].map(({ id, count, across }) => [id, crowd(count, across)]));
  for (const [id, faces] of crowds) upstream.add({ id, pictures: { id: plain, face: plain }, faces: { id: faces, face: [] } });
  // Coarse noise: nothing a decoder could skip, and yet no file of fifty megabytes.
  const noise = await sharp({
    create: { width: 1000, height: 750, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .png()
    .toBuffer();
  const large = await sharp(noise).resize(LARGE.width, LARGE.height, { kernel: 'cubic' }).jpeg({ quality: 88 }).toBuffer();
  upstream.add({ id: LARGE.id, pictures: { id: large, face: plain }, faces: { id: [wireFace(1, 3000, 3000, 900)], face: [] } });
  return crowds;
}

function crowd(count: number, across: number): WireFace[] {
  const columns = Math.ceil(Math.sqrt((count * PICTURE.width) / PICTURE.height));
  const [step, down] = [PICTURE.width / columns, PICTURE.height / Math.ceil(count / columns)];
  return Array.from({ length: count }, (_, index) =>
    wireFace(index + 1, ((index % columns) + 0.5) * step, (Math.floor(index / columns) + 0.5) * down, across),
  );
}

interface Room {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function stageOf(page: Page): Promise<Room> {
  const canvas = page
    .getByRole('img', { name: /^ID document,/ })
    .locator('canvas')
    .last();
  await canvas.waitFor({ timeout: 60_000 });
  const room = await canvas.boundingBox();
  if (!room) throw new Error('The ID document has no canvas.');
  return room;
}

async function rawPage(browser: Browser, faces: WireFace[], { width, height }: Room): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.setContent(`<body style="margin:0"><canvas width="${width}" height="${height}"></canvas>`);
  // The loader of these files names every function through a helper that a page does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  await page.evaluate(drawRaw, {
    faces: faces.map(({ boundingBox, landmarks, detectionConfidence }) => ({
      box: boundingBox,
      points: Object.values(landmarks),
      label: `1 · ${detectionConfidence}`,
    })),
    picture: PICTURE,
    labels: faces.length > FEW.count,
  });
  return page;
}

/** JavaScript milliseconds of one frame while the picture is dragged, as the browser itself counts them. */
async function panMs(page: Page, { x, y, width, height }: Room): Promise<number> {
  await page.bringToFront();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const [left, top] = [x + width / 2, y + height / 2];
  await page.mouse.move(left, top);
  await page.mouse.down();
  // The first step only tells a drag from a press.
  await page.mouse.move(left + 8, top);
  await frames(page, 3);
  const idle = await scriptMs(cdp, () => frames(page, FRAMES));
  const busy = await scriptMs(cdp, async () => {
    for (let frame = 1; frame <= FRAMES; frame++) {
      await page.mouse.move(left + 8 + (frame % 20), top + (frame % 7));
      await frames(page, 1);
    }
  });
  await page.mouse.up();
  await cdp.detach();
  return rounded((busy - idle) / FRAMES);
}

async function frames(page: Page, count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
}

async function scriptMs(cdp: CDPSession, act: () => Promise<void>): Promise<number> {
  const read = async () => (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  const before = await read();
  await act();
  return ((await read()) - before) * 1000;
}

/** The page is shown without its large picture first, so that only what the picture itself costs is counted. */
async function longestBlock(page: Page, url: string): Promise<number> {
  await page.bringToFront();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/files/v_id_3_*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(url, { waitUntil: 'load' });
  await page
    .getByRole('img', { name: /^Selfie,/ })
    .locator('canvas')
    .last()
    .waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    const watch = { last: performance.now(), longest: 0 };
    Object.assign(window, { watch });
    setInterval(() => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - watch.last - 5);
      watch.last = now;
    }, 5);
  });
  release();
  await stageOf(page);
  await page.keyboard.press('0');
  await page.waitForTimeout(1500);
  await page.unroute('**/api/files/v_id_3_*');
  return rounded(await page.evaluate(() => Number(Reflect.get(Reflect.get(window, 'watch'), 'longest'))));
}

/** What the plain way costs: the picture in an image element, drawn once at 1:1. Drawn smaller, a decoder would leave most of it out. */
async function decodeHere(page: Page): Promise<number> {
  const ms = await page.evaluate(async (name) => {
    const blob = await (await fetch(`/api/files/${name}`)).blob();
    const image = new Image();
    image.src = URL.createObjectURL(blob);
    await new Promise((resolve) => image.addEventListener('load', resolve));
    const canvas = document.createElement('canvas');
    canvas.width = 700;
    canvas.height = 525;
    const context = canvas.getContext('2d');
    const before = performance.now();
    context?.drawImage(image, 0, 0);
    context?.getImageData(0, 0, 1, 1);
    const spent = performance.now() - before;
    URL.revokeObjectURL(image.src);
    return spent;
  }, `v_id_${LARGE.id}_picture.jpg`);
  return rounded(ms);
}
