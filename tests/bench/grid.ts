import type { Page } from 'playwright';
import { DEFAULT_COLUMNS } from '@/components/grid/column-choice';
import { COLUMN_LOOK, SELECT_WIDTH } from '@/components/grid/column-look';
import { openBrowser } from './open-browser';
import { startProduct } from './product';
import { poolDocument } from './row-pool';
import { median, quantile, rounded } from './statistics';
import { startSyncUpstream } from './sync-upstream';

const RECORDS = 100_000;
const ROW_HEIGHT = 33;
/** Shares of the way down at which is measured. */
const DEPTHS = [0, 0.25, 0.5, 0.75, 0.95];
const FRAMES = 240;
/** Three rows a frame: as fast as a hard flick of the wheel, and nothing is ever still on the screen. */
const STEP_PX = 3 * ROW_HEIGHT;
const SLOW_MS = 25;

/**
 * The real grid in a real browser, over an index that its own sync filled with 100,000 records, all of them walked through first.
 * At five depths grid and peer are scrolled in turns, three rows a frame, pages that were forgotten meanwhile fetched again.
 * `scrollP95VsPool`: the 95th percentile of the time between two frames against that of a bare hand-written pool of rows, the
 * median of the depths; `slowFramesPercent`: frames of the grid over 25 ms.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const upstream = await startSyncUpstream(RECORDS);
  const product = await startProduct({ url: upstream.url, key: 'bench' }, 3920, log, 'data/test/bench-grid');
  const { context, close } = await openBrowser({ extraHTTPHeaders: { cookie: product.cookie } });
  try {
    await untilFilled(product, log);
    const pool = await context.newPage();
    const cells = [SELECT_WIDTH, ...DEFAULT_COLUMNS.map((id) => COLUMN_LOOK[id].width)];
    await pool.setContent(poolDocument({ rows: RECORDS, rowHeight: ROW_HEIGHT, cells }));
    const grid = await context.newPage();
    await grid.goto(`${product.url}/verifications?source=index`);
    await walkThrough(grid, log);
    return await measure(grid, pool, log);
  } finally {
    await close();
    await product.stop();
    await upstream.stop();
  }
}

async function measure(grid: Page, pool: Page, log: (line: string) => void): Promise<Record<string, number>> {
  const ratios: number[] = [];
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (const [round, depth] of [DEPTHS[0] ?? 0, ...DEPTHS].entries()) {
    const bare = await scroll(pool, '#scroller', depth);
    const real = await scroll(grid, GRID, depth);
    // The first round warms up.
    if (round === 0) continue;
    const ratio = quantile(real, 0.95) / quantile(bare, 0.95);
    log(`at ${depth * 100} %: grid p95 ${rounded(quantile(real, 0.95))} ms, pool ${rounded(quantile(bare, 0.95))} ms`);
    ratios.push(ratio);
    ours.push(...real);
    theirs.push(...bare);
  }
  const slow = (frames: number[]) => (100 * frames.filter((ms) => ms > SLOW_MS).length) / frames.length;
  return {
    scrollP95VsPool: rounded(median(ratios)),
    slowFramesPercent: rounded(slow(ours)),
    gridP95Ms: rounded(quantile(ours, 0.95)),
    poolP95Ms: rounded(quantile(theirs, 0.95)),
    poolSlowFramesPercent: rounded(slow(theirs)),
    rowsInDocument: await grid.locator('[data-row]').count(),
    records: RECORDS,
  };
}

/** The scrolling element around the rows. */
const GRID = 'div:has(> table[aria-label="Verifications"])';

/** Goes to a depth, waits until rows are there, and answers the time between frames while it scrolls on. */
async function scroll(page: Page, selector: string, depth: number): Promise<number[]> {
  await page.bringToFront();
  await page.locator(selector).evaluate((element, share) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) * share;
  }, depth);
  if (selector === GRID) await page.locator(`${GRID}:not(:has(tbody tr[aria-busy]))`).waitFor();
  return page.locator(selector).evaluate(
    (element, { frames, step }) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let before: number | null = null;
        const frame = (now: number) => {
          if (before !== null) times.push(now - before);
          before = now;
          if (times.length === frames) return resolve(times);
          element.scrollTop += step;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { frames: FRAMES, step: STEP_PX },
  );
}

/** Scrolls to the end again and again until there is no more: the list is then as long as it gets. */
async function walkThrough(page: Page, log: (line: string) => void): Promise<void> {
  await page.locator('[data-row]').first().waitFor();
  for (let rows = 0; rows < RECORDS; ) {
    rows = await page.locator(GRID).evaluate(async (element) => {
      const until = performance.now() + 2000;
      while (performance.now() < until) {
        element.scrollTop = element.scrollHeight;
        await new Promise(requestAnimationFrame);
      }
      const indexes = [...element.querySelectorAll('[data-row]')].map((row) => Number(row.getAttribute('aria-rowindex')) - 1);
      return Math.max(0, ...indexes);
    });
    log(`walked through ${rows} rows`);
  }
}

async function untilFilled(product: { url: string; cookie: string }, log: (line: string) => void): Promise<void> {
  for (;;) {
    const answer = await fetch(`${product.url}/api/sync`, { headers: { cookie: product.cookie } });
    const { backfill } = (await answer.json()) as { backfill: { isDone: boolean; done: number } };
    if (backfill.isDone) return;
    log(`the index holds ${backfill.done} records`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
