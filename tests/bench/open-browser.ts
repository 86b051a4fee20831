import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright';
import { findBrowser } from '@/lib/cli/browser';

/** A real browser without a graphics card, and a window of 1440 x 900 in it; closing the context's browser closes both. */
export async function openBrowser(options: BrowserContextOptions): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const { executablePath } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  // The compiler marks named functions with this helper, which functions sent to a page do not take along.
  await context.addInitScript('globalThis.__name = (named) => named');
  return { context, close: () => browser.close() };
}
