import type { CDPSession, Page } from 'playwright';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import { startPictureUpstream } from '../helpers/picture-upstream';
import { openBrowser } from './open-browser';
import { startProduct } from './product';
import { median, rounded } from './statistics';

const PORT = 3938;
const OPENS = 30;
/** Openings before those that count: they load what a returning reviewer's browser has. */
const WARM = 3;
const ROWS = 50;

/**
 * A case and the grid opened by their address, against bare pages of the same server and session, in turns.
 * `openCaseVsBare`: median time to the first paint of both pictures with their boxes, over that of a page with two `<img>` of the same
 * files. `openGridVsBare`: median time to the first paint of the rows, over that of a page that fetches the same 50 records and writes
 * them into a `<table>`.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const upstream = await startPictureUpstream();
  const face = wireFace(1, 800, 800, 500);
  const bytes = await markedPicture({ width: 3000, height: 2000 }, [face]);
  const ids = Array.from({ length: Math.max(ROWS, OPENS + WARM) }, (_, index) => index + 1);
  for (const id of ids) upstream.add({ id, pictures: { id: bytes, face: bytes }, faces: { id: [face], face: [face] } });
  const product = await startProduct({ url: upstream.url, key: 'bench' }, PORT, log, 'data/test/bench-open');
  const { context, close } = await openBrowser({ extraHTTPHeaders: { cookie: product.cookie } });
  try {
    await context.addInitScript(noteFirstPaint);
    const [page, bare] = [await context.newPage(), await context.newPage()];
    const serve = await servePages(await context.newCDPSession(bare), product.url);
    const list = '/api/verifications?limit=50&offset=0&sortBy=verificationId&direction=desc';
    const times = { case: [] as number[], bareCase: [] as number[], grid: [] as number[], bareGrid: [] as number[] };
    for (const [turn, id] of ids.slice(0, OPENS + WARM).entries()) {
      const opened = {
        case: () => opening(page, `${product.url}/verifications/${id}`),
        bareCase: () => opening(bare, serve(barePictures(id))),
        grid: () => opening(page, `${product.url}/verifications?limit=50&offset=0&sortBy=verificationId&direction=desc`),
        bareGrid: () => opening(bare, serve(bareTable(list))),
      };
      const names = ['case', 'bareCase', 'grid', 'bareGrid'] as const;
      for (const name of turn % 2 ? names.toReversed() : names) {
        const ms = await opened[name]();
        if (turn >= WARM) times[name].push(ms);
      }
    }
    const ms = Object.fromEntries(Object.entries(times).map(([name, all]) => [`${name}Ms`, rounded(median(all))]));
    return {
      openCaseVsBare: rounded(median(times.case) / median(times.bareCase)),
      openGridVsBare: rounded(median(times.grid) / median(times.bareGrid)),
      ...ms,
    };
  } finally {
    await close();
    await product.stop();
    await upstream.close();
  }
}

/** Milliseconds from the navigation to the first paint of what the page is about. */
async function opening(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  const ms = await page.waitForFunction(() => Reflect.get(window, 'firstPaintMs'), undefined, { polling: 20 });
  return Number(await ms.jsonValue());
}

/** Runs in every page before its own scripts, and notes in `firstPaintMs` when what it is about has been painted. */
function noteFirstPaint(): void {
  const painted = () =>
    requestAnimationFrame(() =>
      setTimeout(() => Object.assign(window, { firstPaintMs: Reflect.get(window, 'firstPaintMs') ?? performance.now() })),
    );
  Object.assign(window, { painted });
  const drawn = new Map<string, Set<string>>();
  const note = (canvas: unknown, what: string) => {
    const side = canvas instanceof HTMLCanvasElement ? canvas.closest('[role=img]')?.getAttribute('aria-label')?.split(',')[0] : null;
    if (!side) return;
    drawn.set(side, (drawn.get(side) ?? new Set()).add(what));
    if (drawn.size === 2 && [...drawn.values()].every((parts) => parts.has('picture') && parts.has('boxes'))) painted();
  };
  const { drawImage, stroke, strokeRect } = CanvasRenderingContext2D.prototype;
  Object.assign(CanvasRenderingContext2D.prototype, {
    drawImage(this: CanvasRenderingContext2D, ...args: unknown[]) {
      note(this.canvas, 'picture');
      return Reflect.apply(drawImage, this, args);
    },
    stroke(this: CanvasRenderingContext2D, ...args: unknown[]) {
      note(this.canvas, 'boxes');
      return Reflect.apply(stroke, this, args);
    },
    strokeRect(this: CanvasRenderingContext2D, ...args: unknown[]) {
      note(this.canvas, 'boxes');
      return Reflect.apply(strokeRect, this, args);
    },
  });
  const rows = new MutationObserver(() => {
    if (!document.querySelector('table[aria-label="Verifications"] a[href*="/verifications/"]')) return;
    rows.disconnect();
    painted();
  });
  rows.observe(document, { childList: true, subtree: true });
}

/** Serves a document of ours under the product's own address, where its files and its API may be asked for. Only that address is touched. */
async function servePages(cdp: CDPSession, origin: string): Promise<(html: string) => string> {
  const url = `${origin}/bare`;
  let body = '';
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: `${url}*` }] });
  cdp.on('Fetch.requestPaused', ({ requestId }) => {
    const responseHeaders = [{ name: 'content-type', value: 'text/html; charset=utf-8' }];
    void cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: Buffer.from(body).toString('base64') });
  });
  return (html) => {
    body = html;
    return url;
  };
}

function barePictures(id: number): string {
  const pictures = ['id', 'face'].map((side) => `<img width="600" src="/api/files/v_${side}_${id}_picture.jpg">`).join('');
  return `<!doctype html><body>${pictures}<script>
    Promise.all([...document.images].map((image) => image.decode())).then(painted);
  </script>`;
}

function bareTable(list: string): string {
  return `<!doctype html><body><table></table><script>
    fetch(${JSON.stringify(list)}).then((answer) => answer.json()).then(({ data }) => {
      for (const record of data) {
        const row = document.querySelector('table').insertRow();
        for (const text of [record.verificationId, record.verified, record.timestamp, JSON.stringify(record.tags)]) row.insertCell().textContent = text;
      }
      painted();
    });
  </script>`;
}
