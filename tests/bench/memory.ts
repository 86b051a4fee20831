import { markedPicture, wireFace } from '../helpers/marked-picture';
import { aliveOn } from '../helpers/page-memory';
import { startPictureUpstream } from '../helpers/picture-upstream';
import { launchBrowser } from './open-browser';
import { startProduct } from './product';
import { rounded } from './statistics';

const PORT = 3934;
const CASES = 11;
const OPENINGS = 200;
const FIRST_OF_SHIFT = 1_001;
const SHIFT = 1_000;
/** Cases of the shift after which everything that is loaded once is there. */
const WARM = 100;

/**
 * Cases opened one after the other in the real browser. First 200 with large pictures, walking a short list to and fro: `heapGrowth` and
 * `canvasGrowth` are what is alive after the last over what was alive when each had been open once; `bitmapsLeft` are the bitmaps open
 * at the end, two being those shown. Then a shift of 1,000 different cases by `J`: `heapGrowthPerCaseKB` and `nodesPerCase` are what each
 * of the last 900 left behind.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const upstream = await startPictureUpstream();
  const face = wireFace(1, 800, 800, 500);
  const bytes = await markedPicture({ width: 3000, height: 2000 }, [face]);
  const ids = Array.from({ length: CASES }, (_, index) => index + 1);
  for (const id of ids) upstream.add({ id, pictures: { id: bytes, face: bytes }, faces: { id: [face], face: [face] } });
  const small = await markedPicture({ width: 300, height: 200 }, [wireFace(1, 80, 80, 50)]);
  const shift = Array.from({ length: SHIFT }, (_, index) => FIRST_OF_SHIFT + index);
  const shiftFaces = { id: [wireFace(1, 80, 80, 50)], face: [wireFace(1, 80, 80, 50)] };
  const product = await startProduct({ url: upstream.url, key: 'bench' }, PORT, log);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, extraHTTPHeaders: { cookie: product.cookie } });
    const cdp = await page.context().newCDPSession(page);
    const shown = async (id: number) => {
      await page.getByRole('heading', { level: 1, name: `Verification ${id}`, exact: true }).waitFor();
      for (const side of [/^ID document,/, /^Selfie,/]) await page.getByRole('img', { name: side }).locator('canvas').last().waitFor();
      await page
        .getByText(/^\d+ of \d+/)
        .first()
        .waitFor();
    };
    await page.goto(`${product.url}/verifications/1?limit=100&offset=0&sortBy=verificationId&direction=asc`);
    await shown(1);
    let opened = 1;
    const tour = async () => {
      for (const [key, order] of [
        ['j', ids.slice(1)],
        ['k', ids.slice(0, -1).reverse()],
      ] as const)
        for (const id of order) {
          await page.keyboard.press(key);
          await shown(id);
          opened++;
        }
    };
    await tour();
    const before = await aliveOn(cdp);
    log(`after ${opened} cases: ${JSON.stringify(before)}`);
    while (opened < OPENINGS) await tour();
    const after = await aliveOn(cdp);
    log(`after ${opened} cases: ${JSON.stringify(after)}`);
    for (const id of shift) upstream.add({ id, pictures: { id: small, face: small }, faces: shiftFaces });
    await page.goto(`${product.url}/verifications/${FIRST_OF_SHIFT}?limit=100&offset=${CASES}&sortBy=verificationId&direction=asc`);
    await shown(FIRST_OF_SHIFT);
    const walk = async (cases: readonly number[]) => {
      for (const id of cases) {
        await page.keyboard.press('j');
        await shown(id);
      }
      return aliveOn(cdp);
    };
    const warm = await walk(shift.slice(1, WARM));
    log(`after ${WARM} cases of a shift: ${JSON.stringify(warm)}`);
    const over = await walk(shift.slice(WARM));
    log(`after ${SHIFT} cases of a shift: ${JSON.stringify(over)}`);
    return {
      heapGrowthPerCaseKB: rounded(((over.heapMB - warm.heapMB) * 1000) / (SHIFT - WARM)),
      nodesPerCase: rounded((over.nodes - warm.nodes) / (SHIFT - WARM)),
      heapGrowth: rounded(after.heapMB / before.heapMB),
      canvasGrowth: rounded(after.canvasPixels / before.canvasPixels),
      bitmapsLeft: after.bitmaps,
      heapMB: rounded(after.heapMB),
      opened,
    };
  } finally {
    await browser.close();
    await product.stop();
    await upstream.close();
  }
}
