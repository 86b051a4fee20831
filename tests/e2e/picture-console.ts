import type { Page } from '@playwright/test';
import { type PictureUpstream, startPictureUpstream } from '../helpers/picture-upstream';
import { startSecondConsole } from '../helpers/second-console';
import { test as base, expect } from './fixtures';

/** A console whose upstream answers with cases made up by the tests. */
export interface PictureConsole {
  url: string;
  upstream: PictureUpstream;
}

/** A test that may use one; it is started for the first that does, and serves all of them. */
export const test = base.extend<object, { made: PictureConsole }>({
  made: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads off this pattern that nothing else is needed
    async ({}, use) => {
      const upstream = await startPictureUpstream();
      const second = await startSecondConsole(upstream.url);
      await use({ url: second.url, upstream });
      await second.close();
      await upstream.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export type Side = 'ID document' | 'Selfie';

export const SIDES: Side[] = ['ID document', 'Selfie'];
export const picture = (page: Page, side: Side) => page.getByRole('img', { name: new RegExp(`^${side},`) });
export const stage = (page: Page, side: Side) => page.getByRole('region', { name: side, exact: true });
export const rail = (page: Page) => page.getByRole('complementary', { name: 'Facts' });

/** Opens a case by its address; with a list behind it, the keys lead on from it. */
export async function openCase(page: Page, { url }: PictureConsole, id: number, behind: 'list' | null = null): Promise<void> {
  await page.goto(`${url}/verifications/${id}${behind ? '?limit=100&offset=0&sortBy=verificationId&direction=asc' : ''}`);
  await isOpen(page, id);
}

/** Goes to the next case of the list, or the one before, without loading the page anew. */
export async function walkTo(page: Page, key: 'j' | 'k', id: number): Promise<void> {
  await expect(page.getByText(/^\d+ of \d+/).first()).toBeVisible();
  await page.keyboard.press(key);
  await isOpen(page, id);
}

/** Both pictures of a case are on their canvases. */
export async function hasPictures(page: Page): Promise<void> {
  for (const side of SIDES) await expect(picture(page, side).locator('canvas')).toHaveCount(2, { timeout: 30_000 });
}

function isOpen(page: Page, id: number): Promise<void> {
  return expect(page.getByRole('heading', { level: 1, name: `Verification ${id}`, exact: true })).toBeVisible();
}
