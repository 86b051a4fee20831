import { rmSync } from 'node:fs';
import { nextCaseMs, untilPainted, watchCases } from '../helpers/next-case';
import { openBrowser } from './open-browser';
import { startProduct } from './product';
import { startQueueUpstream } from './queue-upstream';
import { median, quantile, rounded } from './statistics';

const CASES = 40;
const FIRST = 1001;
const DATA_DIR = 'data/test/bench-queue';
const OPENINGS = 10;
/** As long as nobody takes to look at two faces; meanwhile the next two cases are fetched ahead. */
const LOOK_MS = 1_500;

/**
 * An analyst declines forty cases of the queue by keyboard, in the real browser on the real product. `nextCaseMsP95`: from the key
 * that confirms a decision until the next case stands there with both pictures painted, milliseconds, 95th percentile; beside it
 * the median, and `vsOpening`, that median over the time the same browser takes to open a case by its address.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  // What an earlier run left in the queue would come first, and its pictures are gone.
  rmSync(DATA_DIR, { recursive: true, force: true });
  const upstream = await startQueueUpstream(FIRST, CASES + 10);
  const product = await startProduct(upstream, 3920, log, DATA_DIR);
  const { context, close } = await openBrowser({ extraHTTPHeaders: { cookie: product.cookie }, baseURL: product.url });
  try {
    const page = await context.newPage();
    await watchCases(page);
    await page.goto('/queue');
    await page
      .getByText(/[1-9]\d* waiting/)
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await untilPainted(page);
    const times: number[] = [];
    for (let round = 1; round <= CASES; round += 1) {
      await page.waitForTimeout(LOOK_MS);
      await page.keyboard.press('d');
      await page.keyboard.press('1');
      times.push(await nextCaseMs(page));
      log(`case ${round} of ${CASES}: ${rounded(times.at(-1) ?? 0)} ms`);
    }
    const openings: number[] = [];
    for (let round = 0; round < OPENINGS; round += 1) {
      const start = performance.now();
      await page.goto(`/verifications/${FIRST + round}`);
      await untilPainted(page);
      openings.push(performance.now() - start);
    }
    return {
      nextCaseMsP95: rounded(quantile(times, 0.95)),
      nextCaseMs: rounded(median(times)),
      openCaseMs: rounded(median(openings)),
      vsOpening: rounded(median(times) / median(openings)),
      cases: CASES,
    };
  } finally {
    await close();
    await product.stop();
    await upstream.stop();
  }
}
