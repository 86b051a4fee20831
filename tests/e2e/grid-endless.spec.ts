import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, expectAccessibleInBothColours, intercept, SOON, test } from './fixtures';

const row = (page: Page) => page.locator('[data-row]');
const current = (page: Page) => page.locator('[data-row][aria-current="true"]');
const footer = (page: Page) => page.locator('footer');
const table = (page: Page) => page.getByRole('table', { name: 'Verifications' });
const scroller = (page: Page) => table(page).locator('..');
const selected = (page: Page) => page.getByRole('region', { name: 'Selected cases' });
const glance = (page: Page, id: number | string = '') =>
  page.getByRole('region', { name: new RegExp(`^Verification ${id}.*at a glance$`) });
const chip = (page: Page, name: RegExp): Locator => page.getByRole('button', { name });
const SEARCH = '**/api/verifications/search?*';

interface Found {
  id: number;
  record: { verified: boolean };
  state: string;
}

/** What the index answers, asked as the browser's user. */
async function search(page: Page, query = ''): Promise<{ records: Found[]; count: { value: number } }> {
  const answer = await page.request.get(`/api/verifications/search?limit=200&count=exact&${query}`);
  expect(answer.status()).toBe(200);
  return answer.json();
}

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/verifications?source=index${query}`);
  await expect(row(page).first()).toBeVisible();
}

const shownIds = (page: Page) => row(page).evaluateAll((rows) => rows.map((element) => Number(element.getAttribute('data-row'))));

test.beforeEach(async ({ page }) => {
  await expect.poll(async () => (await (await page.request.get('/api/sync')).json()).backfill.isDone, { timeout: 60_000 }).toBe(true);
});

test('opens with the view its role begins with, and every view is an address', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/verifications\?source=index&result=NOT_VERIFIED/);
  await expect(page.getByRole('link', { name: 'Open failures' })).toHaveAttribute('aria-current', 'page');
  await expect(row(page).first()).toBeVisible();
  const found = await search(page, 'result=NOT_VERIFIED&state=OPEN&state=REOPENED&direction=asc');
  expect((await shownIds(page)).slice(0, 10)).toEqual(found.records.slice(0, 10).map(({ id }) => id));
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await expect(page).toHaveURL(/\/verifications\?source=index$/);
  await expect(footer(page)).toContainText(`of ${(await search(page)).count.value}`);
  await expect(footer(page)).toContainText('index, followed the upstream');
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Open failures' })).toHaveAttribute('aria-current', 'page');
});

test('narrows by chips, all of it in the address, and clears again', async ({ page }) => {
  await open(page);
  await chip(page, /^Filter by Result$/).click();
  await page.getByRole('radio', { name: 'not verified' }).check();
  await page.keyboard.press('Escape');
  await chip(page, /^Filter by Finding$/).click();
  await page.getByRole('checkbox', { name: 'ghost portrait' }).check();
  await page.getByRole('checkbox', { name: 'small face' }).check();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/result=NOT_VERIFIED&finding=ghost-portrait&finding=small-face/);
  const found = await search(page, 'result=NOT_VERIFIED&finding=ghost-portrait&finding=small-face');
  await expect(footer(page)).toContainText(`of ${found.count.value}`);
  await page.reload();
  await expect(footer(page)).toContainText(`of ${found.count.value}`);
  await chip(page, /^Filter by Match$/).click();
  await page.getByLabel('Similarity of the faces, to').fill('0.9');
  await page.getByLabel('Similarity of the faces, from').fill('0.95');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The first must not be above the second.')).toBeVisible();
  await page.getByLabel('Similarity of the faces, from').fill('0.1');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/minSimilarity=0.1&maxSimilarity=0.9/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page).toHaveURL(/\?source=index$/);
});

test('finds a tag with every sign in it, and never asks for anything else', async ({ page }) => {
  await open(page);
  const asked = page.waitForRequest((request) => request.url().includes('/search?') && request.url().includes('tag='));
  await chip(page, /^Filter by Tag$/).click();
  await page.getByLabel('Name', { exact: true }).fill('note=a, 1');
  await page.getByLabel('Value', { exact: true }).fill('100 % & result=VERIFIED 🙂');
  await page.keyboard.press('Enter');
  const params = new URL((await asked).url()).searchParams;
  expect(params.get('tag')).toBe('note%3Da%2C%201=100%20%25%20%26%20result%3DVERIFIED%20%F0%9F%99%82');
  expect(params.get('result')).toBeNull();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'No verifications match' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(row(page).first()).toBeVisible();
});

test('keeps few rows in the document, walks to the last one, and tells a screen reader where it is', async ({ page }) => {
  await open(page, '&sortBy=verificationId&direction=asc');
  const { records, count } = await search(page, 'sortBy=verificationId&direction=asc');
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(count.value + 1));
  expect(await row(page).count()).toBeLessThan(60);
  await scroller(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  const last = records.at(-1)?.id;
  await expect(page.locator(`[data-row="${last}"]`)).toHaveAttribute('aria-rowindex', String(count.value + 1));
  await expect(footer(page)).toContainText(`–${count.value} of ${count.value}`);
  // The row with the focus is still there, and at rest the rows stand in reading order.
  await expect.poll(() => shownIds(page)).toEqual((await shownIds(page)).toSorted((a, b) => a - b));
  expect(await row(page).count()).toBeLessThan(60);
});

/** Whether both pictures of a peek have the frame of the drawing of their boxes. Runs in the page. */
function areFramedAlike(pictures: Element[]): boolean {
  const isAlike = (picture: Element) => {
    const [one, other] = [picture, picture.parentElement?.querySelector('svg')].map((part) => part?.getBoundingClientRect());
    return (['x', 'y', 'width', 'height'] as const).every((side) => one?.[side] === other?.[side]);
  };
  return pictures.length === 2 && pictures.every(isAlike);
}

test('moves, peeks, selects and opens by keys; the next case stays under the same filter', async ({ page }) => {
  await open(page, '&result=NOT_VERIFIED&sortBy=verificationId&direction=asc');
  const { records } = await search(page, 'result=NOT_VERIFIED&sortBy=verificationId&direction=asc');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(current(page)).toHaveAttribute('data-row', String(records[2]?.id));
  await page.keyboard.press(' ');
  const peek = glance(page, records[2]?.id);
  await expect(peek.getByRole('img').first()).toBeVisible();
  // Upright pictures too: a box is only right where the picture has the very frame it was drawn for.
  await expect.poll(() => peek.getByRole('img').evaluateAll(areFramedAlike), SOON).toBe(true);
  await expect(peek.getByText('Findings')).toBeVisible();
  await expect(peek.getByText(/^\d+ records?, (none|\d+) declined$/).first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(glance(page, records[3]?.id)).toBeVisible();
  await page.keyboard.press('x');
  await expect(selected(page)).toContainText('1 selected');
  await page.keyboard.press('Escape');
  await expect(glance(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/verifications/${records[3]?.id}\\?source=index&result=NOT_VERIFIED`));
  await page.getByRole('link', { name: 'Next case' }).click();
  await expect(page).toHaveURL(new RegExp(`/verifications/${records[4]?.id}\\?`));
});

test('offers the filter and tells what is cut off in the row one points at, and in no other', async ({ page }) => {
  await open(page, '&finding=ghost-portrait');
  const pointedAt = row(page).nth(6);
  const filter = pointedAt.getByRole('button', { name: /^Only customerId = / });
  await expect(filter).toHaveCount(0);
  await pointedAt.hover();
  await expect(pointedAt.locator('td').last()).toHaveAttribute('title', /UTC$/);
  await expect(pointedAt.getByTitle(/^The second face on the ID/)).toBeVisible();
  await expect(row(page).nth(8).locator('[title]')).toHaveCount(0);
  const name = (await filter.first().getAttribute('aria-label')) ?? '';
  await filter.first().click();
  await expect(page).toHaveURL(new RegExp(`tag=${encodeURIComponent(name.replace(/^Only /, '').replaceAll(' ', ''))}`));
  const id = await row(page).first().getAttribute('data-row');
  await page.getByRole('link', { name: String(id), exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/verifications/${id}\\?source=index&`));
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1024, height: 768 } });

  test('offers the filter in every row, for a finger cannot point', async ({ page }) => {
    await open(page);
    await expect(
      row(page)
        .nth(8)
        .getByRole('button', { name: /^Only customerId = / }),
    ).not.toHaveCount(0);
  });
});

test('claims and gives back what matches as a whole, and says what became of each', async ({ page }) => {
  const query = '&finding=several-selfie-faces&finding=no-face-on-selfie';
  const { count } = await search(page, query.slice(1));
  await open(page, query);
  await page.keyboard.press('x');
  await page.getByRole('button', { name: `Select all ${count.value} matching` }).click();
  await expect(selected(page)).toContainText(`All ${count.value} matching selected`);
  await page.getByRole('button', { name: 'Claim…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(selected(page)).toContainText('claimed');
  await expect(row(page).getByText('Claimed').first()).toBeVisible();
  await page.getByRole('link', { name: 'What became of each' }).click();
  await expect(page.getByRole('heading', { name: 'Cases claimed' })).toBeVisible();
  await expect(page.getByRole('definition').first()).not.toHaveText('0');
  await expectAccessible(page);
  await open(page, query);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Release…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give back' }).click();
  await expect(selected(page)).toContainText('given back');
  await expect(row(page).getByText('Claimed')).toHaveCount(0);
});

test('saves what it shows under a name, opens it again, and takes it out of the list', async ({ page }) => {
  await open(page, '&state=RESOLVED&state=OPEN&columns=id,result,match');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Mine, narrow');
  await page.keyboard.press('Enter');
  const tab = page.getByRole('link', { name: 'Mine, narrow' });
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await tab.click();
  await expect(page.getByRole('columnheader')).toHaveText(['ID', 'Result', 'Match']);
  await page.getByRole('button', { name: 'Archive view' }).click();
  await expect(tab).toHaveCount(0);
});

test('changes the source where the upstream can answer the same, and says where it cannot', async ({ page }) => {
  await open(page, '&result=VERIFIED');
  await expect(page.getByRole('button', { name: 'Ask live' })).toHaveAttribute('aria-disabled', 'true');
  await open(page, '&sortBy=verificationId&direction=asc');
  const before = (await shownIds(page)).slice(0, 20);
  await page.getByRole('button', { name: 'Ask live' }).click();
  await expect(footer(page)).toContainText('live from the verification API');
  await expect.poll(async () => (await shownIds(page)).slice(0, 20)).toEqual(before);
  await page.getByRole('button', { name: 'Use the index' }).click();
  await expect(footer(page)).toContainText('index, followed the upstream');
});

test('sorts by columns only the index knows, and shows calmly what is normal', async ({ page }) => {
  await open(page, '&finding=ghost-portrait');
  await expect(row(page).getByText('ghost portrait (expected)').first()).toBeVisible();
  const header = (head: string) => page.getByRole('columnheader', { name: head, exact: true });
  const heads = [
    ['Customer', 'customer'],
    ['Faces', 'faces'],
    ['Findings', 'findings'],
  ] as const;
  for (const [head, sortBy] of heads) {
    await header(head).getByRole('button').click();
    await expect(page).toHaveURL(new RegExp(`sortBy=${sortBy}`));
    await expect(header(head)).toHaveAttribute('aria-sort', /ascending|descending/);
    const direction = new URL(page.url()).searchParams.get('direction') ?? 'desc';
    const { records } = await search(page, `finding=ghost-portrait&sortBy=${sortBy}&direction=${direction}`);
    await expect.poll(async () => (await shownIds(page)).slice(0, 10), SOON).toEqual(records.slice(0, 10).map(({ id }) => id));
  }
  await page.goto('/verifications?source=live');
  await expect(row(page).first()).toBeVisible();
  for (const [head] of heads) {
    await expect(header(head)).toBeVisible();
    await expect(header(head).getByRole('button')).toHaveCount(0);
  }
});

test('tells loading, failed and stale apart, and never calls a failure an empty list', async ({ page }) => {
  const error = { code: 'internal', message: 'The index could not be asked.', requestId: 'request-77' };
  await page.route(SEARCH, (route) => route.fulfill({ status: 500, json: { error } }));
  await page.goto('/verifications?source=index');
  await expect(page.getByRole('heading', { name: 'The list could not be loaded' })).toBeVisible();
  await expect(page.getByText('request-77')).toBeVisible();
  await page.unroute(SEARCH);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(row(page).first()).toBeVisible();
  const before = (await shownIds(page)).slice(0, 10);
  await intercept(page, SEARCH, (route) => route.abort());
  await page.keyboard.press('r');
  await expect(page.getByText('Showing what was loaded at')).toBeVisible();
  expect((await shownIds(page)).slice(0, 10)).toEqual(before);
  await page.unroute(SEARCH);
  await page.route(SEARCH, () => {});
  await page.goto('/verifications?source=index');
  await expect(page.getByText('Loading verifications').first()).toBeAttached();
});

test('says "10,000+" where counting stopped, and counts exactly when asked', async ({ page }) => {
  await page.route(SEARCH, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const exact = new URL(route.request().url()).searchParams.get('count') === 'exact';
    if (body.count) body.count = exact ? { value: 123_456, capped: false } : { value: 10_000, capped: true };
    await route.fulfill({ json: body });
  });
  await open(page);
  await expect(footer(page)).toContainText('of 10,000+');
  await expect(table(page)).toHaveAttribute('aria-rowcount', '-1');
  await page.getByRole('button', { name: 'Count exactly' }).click();
  await expect(footer(page)).toContainText('of 123,456');
});

test('is accessible in light and dark colours, filters, panel and selection open too', async ({ page }) => {
  await open(page, '&result=NOT_VERIFIED');
  await page.keyboard.press('x');
  await page.keyboard.press(' ');
  await expect(glance(page).getByRole('img').first()).toBeVisible();
  await expectAccessibleInBothColours(page);
  await chip(page, /^Filter by More$/).click();
  await expectAccessibleInBothColours(page, { within: ':popover-open' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible();
  await expectAccessibleInBothColours(page, { within: 'dialog[open]' });
});

test('is readable 320 and 390 pixels wide without scrolling the page sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 844 });
  await open(page, '&result=NOT_VERIFIED');
  await expectAccessible(page);
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.keyboard.press('x');
  await expect(selected(page)).toBeInViewport();
});
