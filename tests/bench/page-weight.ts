import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { launchBrowser } from './open-browser';
import { startPageUpstream } from './page-upstream';
import { startProduct } from './product';
import { rounded } from './statistics';

const EMPTY_PORT = 3922;

/**
 * Gzip KB of JavaScript the browser loads for a page, over an empty page of the same Next.
 * `konvaOnGrid` and `konvaOnCase` say (0 or 1) where the canvas library was loaded.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const empty = await startEmptyApp(log);
  const upstream = await startPageUpstream();
  const product = await startProduct(upstream, 3920, log);
  const browser = await launchBrowser();
  try {
    const stranger = await browser.newPage();
    const emptyWeight = await weigh(stranger, `http://localhost:${EMPTY_PORT}/`);
    const signIn = await weigh(stranger, `${product.url}/sign-in`);
    const page = await browser.newPage({ extraHTTPHeaders: { cookie: product.cookie } });
    const grid = await weigh(page, `${product.url}/verifications`);
    const onCase = await weigh(page, `${product.url}/verifications/1`, 'canvas');
    return {
      gridOverEmptyKB: rounded(grid.kb - emptyWeight.kb),
      signInOverEmptyKB: rounded(signIn.kb - emptyWeight.kb),
      caseOverEmptyKB: rounded(onCase.kb - emptyWeight.kb),
      emptyKB: rounded(emptyWeight.kb),
      konvaOnGrid: Number(grid.konva),
      konvaOnCase: Number(onCase.konva),
    };
  } finally {
    await browser.close();
    await product.stop();
    await upstream.stop();
    empty.kill('SIGTERM');
  }
}

/** Everything the page loads as script until the network is quiet, prefetches included. */
async function weigh(page: Page, url: string, until = 'body'): Promise<{ kb: number; konva: boolean }> {
  const scripts = new Map<string, Promise<Buffer>>();
  const collect = (response: import('playwright').Response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.set(response.url(), response.body());
  };
  page.on('response', collect);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator(until).first().waitFor();
  page.off('response', collect);
  const bodies = await Promise.all(scripts.values());
  const kb = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0) / 1024;
  return { kb, konva: bodies.some((body) => body.includes('Konva')) };
}

async function startEmptyApp(log: (line: string) => void) {
  const folder = path.resolve('data/test/empty-app');
  mkdirSync(path.join(folder, 'app'), { recursive: true });
  const config = `import path from 'node:path';\nexport default { typescript: { ignoreBuildErrors: true }, turbopack: { root: path.resolve('../../..') } };\n`;
  writeFileSync(path.join(folder, 'next.config.mjs'), config);
  writeFileSync(path.join(folder, 'app/layout.jsx'), 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n');
  writeFileSync(path.join(folder, 'app/page.jsx'), 'export default () => <p>Empty</p>;\n');
  const next = path.resolve('node_modules/next/dist/bin/next');
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NEXT_DIST_DIR: '' };
  log('building the empty page');
  const build = spawn(process.execPath, [next, 'build'], { cwd: folder, stdio: 'ignore', env: environment });
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error('The empty page could not be built.');
  const server = spawn(process.execPath, [next, 'start', '-p', String(EMPTY_PORT)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  });
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready')) break;
  return server;
}
