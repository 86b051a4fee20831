import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright';
import { findBrowser } from '@/lib/cli/browser';

/** A real browser without a graphics card. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath } = await findBrowser();
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
}

/** Such a browser with a window of 1440 x 900 in which named functions can be sent to its pages. */
export async function openBrowser(options: BrowserContextOptions): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  // The compiler marks named functions with this helper, which functions sent to a page do not take along.
  await context.addInitScript('globalThis.__name = (named) => named');
  return { context, close: () => browser.close() };
}
