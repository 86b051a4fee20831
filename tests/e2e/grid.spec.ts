import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectAccessibleInBothColours, intercept, listRecords, SOON, test } from './fixtures';

const row = (page: Page) => page.locator('[data-row]');
const current = (page: Page) => page.locator('[data-row][aria-current="true"]');
const filterField = (page: Page) => page.getByLabel('Filter by tag, name = value');
const LIST = '**/api/verifications?*';

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`/verifications?source=live${search.replace('?', '&')}`);
  await expect(row(page).first()).toBeVisible();
}

/** The ids of the shown rows, from top to bottom. */
async function shownIds(page: Page): Promise<number[]> {
  return row(page).evaluateAll((rows) => rows.map((element) => Number(element.getAttribute('data-row'))));
}

test('says how much of what it shows, live from the upstream', async ({ page }) => {
  await open(page);
  const { totalCount } = await listRecords(page, 'limit=1');
  await expect(row(page)).toHaveCount(25);
  await expect(page.locator('footer')).toContainText(`1–25 of ${totalCount}`);
  await expect(page.locator('footer')).toContainText('live from the verification API');
});

test('shows exactly the rows the upstream answered, in its order, for each of the nine sorts in both directions', async ({ page }) => {
  await open(page, '?columns=id,result,idFile,idSize,idType,selfieFile,selfieSize,selfieType,received');
  const heads: [string, string][] = [
    ['ID', 'verificationId'],
    ['Result', 'verified'],
    ['ID file', 'idFileName'],
    ['ID size', 'idFileSize'],
    ['ID type', 'idFileType'],
    ['Selfie', 'selfieFileName'],
    ['Selfie size', 'selfieFileSize'],
    ['Selfie type', 'selfieFileType'],
    ['Received', 'timestamp'],
  ];
  for (const [head, sortBy] of heads) {
    const button = page.getByRole('columnheader', { name: head, exact: true }).getByRole('button');
    for (const turn of ['first', 'second']) {
      await button.click();
      await expect(page, `${head}, ${turn} click`).toHaveURL(new RegExp(`sortBy=${sortBy}&`));
      const direction = new URL(page.url()).searchParams.get('direction');
      const expected = (await listRecords(page, `limit=25&sortBy=${sortBy}&direction=${direction}`)).data.map(
        (record) => record.verificationId,
      );
      await expect.poll(() => shownIds(page), SOON).toEqual(expected);
      const state = direction === 'asc' ? 'ascending' : 'descending';
      await expect(page.locator('th[aria-sort=ascending],th[aria-sort=descending]')).toHaveCount(1);
      await expect(page.getByRole('columnheader', { name: head, exact: true })).toHaveAttribute('aria-sort', state);
    }
  }
});

test('moves with J and K, turns pages with the arrows, opens with Enter, and finds its place again on the way back', async ({ page }) => {
  await open(page, '?sortBy=verificationId&direction=asc');
  const ids = await shownIds(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(current(page)).toHaveAttribute('data-row', String(ids[1]));
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('footer')).toContainText('26–50 of');
  await expect.poll(async () => (await shownIds(page))[0]).not.toBe(ids[0]);
  const second = (await shownIds(page))[1];
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/verifications/${second}\\?.*offset=25.*sortBy=verificationId`));
  await page.goBack();
  await expect(current(page)).toHaveAttribute('data-row', String(second));
  await page.keyboard.press('q');
  await expect(page).toHaveURL(/\/queue$/);
});

test('keeps what was chosen on one page while another is shown, and leads to all that match in the index', async ({ page }) => {
  await open(page, '?sortBy=verificationId&direction=asc');
  const bar = page.getByRole('region', { name: 'Selected cases' });
  const all = page.getByRole('checkbox', { name: 'Select all' });
  await all.check();
  await expect(bar).toContainText('25 selected');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('footer')).toContainText('26–50 of');
  await expect(all).not.toBeChecked();
  await row(page).first().getByRole('checkbox').check();
  await expect(bar).toContainText('26 selected, 25 on other pages');
  await page.keyboard.press('ArrowLeft');
  await expect(all).toBeChecked();
  await all.uncheck();
  await expect(bar).toContainText('1 selected, 1 on other pages');
  await bar.getByRole('button', { name: 'All that match: use the index' }).click();
  await expect(page).toHaveURL(/source=index&sortBy=verificationId&direction=asc/);
  await expect(bar).toHaveCount(0);
});

test('filters by a tag typed after a slash, keeps the filter in the URL, and takes it off again', async ({ page }) => {
  await open(page, '?offset=25');
  const value = (
    await row(page)
      .first()
      .getByRole('button', { name: /^Only customerId/ })
      .first()
      .getAttribute('title')
  )?.split(' = ')[1];
  await page.keyboard.press('/');
  await expect(filterField(page)).toBeFocused();
  await page.keyboard.type(`customerId = ${value}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/offset=0.*tagFilter=customerId/);
  const { totalCount } = await listRecords(page, `tagFilter=customerId%3D${value}`);
  await expect(page.locator('footer')).toContainText(`of ${totalCount}`);
  await page.reload();
  await expect(page.locator('footer')).toContainText(`of ${totalCount}`);
  await page.getByRole('button', { name: 'Remove the filter' }).click();
  await expect(page).not.toHaveURL(/tagFilter/);
  await expect(page.locator('footer')).not.toContainText(`of ${totalCount}`);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Remove the filter' })).toBeVisible();
});

test('keeps what was typed when it is no tag, and says how to write one', async ({ page }) => {
  await open(page);
  await filterField(page).fill('9999');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Write a tag as name = value')).toBeVisible();
  await expect(filterField(page)).toHaveValue('9999');
  await expect(filterField(page)).toHaveAttribute('aria-invalid', 'true');
});

test('never calls a failure an empty list', async ({ page }) => {
  const error = { code: 'upstream-unavailable', message: 'The verification service cannot be reached.', requestId: 'request-1234' };
  await page.route(LIST, (route) => route.fulfill({ status: 503, json: { error } }));
  await page.goto('/verifications?source=live');
  await expect(page.getByRole('heading', { name: 'The list could not be loaded' })).toBeVisible();
  await expect(page.getByText('request-1234')).toBeVisible();
  await expect(page.getByText('No verifications')).toHaveCount(0);
  await filterField(page).fill('half typed');
  await page.unroute(LIST);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(row(page)).toHaveCount(25);
  await expect(filterField(page)).toHaveValue('half typed');
});

test('never calls an unreadable answer an empty list', async ({ page }) => {
  await page.route(LIST, (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"totalCount":3,"da' }));
  await page.goto('/verifications?source=live');
  await expect(page.getByRole('heading', { name: 'The list could not be loaded' })).toBeVisible();
});

test('keeps the old rows when a refresh fails, and says so', async ({ page }) => {
  await open(page);
  const before = await shownIds(page);
  await intercept(page, LIST, (route) => route.abort());
  await page.keyboard.press('r');
  await expect(page.getByText('Showing what was loaded at')).toBeVisible();
  expect(await shownIds(page)).toEqual(before);
  await expect(page.locator('footer')).not.toContainText('live from');
  await page.unroute(LIST);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Showing what was loaded at')).toHaveCount(0);
  await expect(page.locator('footer')).toContainText('live from');
});

test('says when nothing matches, and leads back to everything', async ({ page }) => {
  await page.goto('/verifications?tagFilter=customerId%3Dnobody');
  await expect(page.getByRole('heading', { name: 'No verifications match customerId = nobody' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(row(page)).toHaveCount(25);
});

test('leads from beyond the end to the last page', async ({ page }) => {
  await page.goto('/verifications?offset=100000');
  await expect(page.getByRole('heading', { name: /There are only \d+ verifications/ })).toBeVisible();
  await page.getByRole('button', { name: 'Go to the last page' }).click();
  await expect(row(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Next', exact: true })).toBeDisabled();
});

test('shows skeleton rows while it loads', async ({ page }) => {
  await page.route(LIST, () => {});
  await page.goto('/verifications?source=live');
  await expect(page.getByText('Loading verifications')).toBeAttached();
  await expect(page.getByText('No verifications')).toHaveCount(0);
});

test('never says open where the state could not be looked up', async ({ page }) => {
  await page.route('**/api/reviews?*', (route) => route.fulfill({ status: 500, body: 'oops' }));
  await open(page);
  await expect(page.getByText('What was decided here could not be looked up.')).toBeVisible();
  await expect(page.getByText('unknown here', { exact: true })).toHaveCount(25);
  await expect(row(page).getByText('Open', { exact: true })).toHaveCount(0);
});

test('counts records it cannot read instead of dropping them', async ({ page }) => {
  await page.route(LIST, async (route) => {
    const body = await (await route.fetch()).json();
    body.data[2] = { verificationId: 'abc-9' };
    await route.fulfill({ json: body });
  });
  await open(page);
  await expect(row(page)).toHaveCount(24);
  await expect(page.getByText('1 record could not be read')).toBeVisible();
  await expect(page.getByText('abc-9')).toBeVisible();
  await expect(page.locator('footer')).toContainText('1–25 of');
});

test('names a parameter of the address it cannot use and offers the address without it', async ({ page }) => {
  await page.goto('/verifications?source=live&sortBy=password&limit=50');
  await expect(page.getByText('sortBy must be one of')).toBeVisible();
  await page.getByRole('link', { name: 'Reset sortBy' }).click();
  await expect(row(page)).toHaveCount(50);
});

test('hides, shows and moves columns, all of it in the address', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('checkbox', { name: 'Findings' }).uncheck();
  await page.getByRole('checkbox', { name: 'Selfie size' }).check();
  await page.getByRole('button', { name: 'Move Selfie size to the left' }).click();
  await page.keyboard.press('Escape');
  const heads = ['ID', 'Result', 'State', 'Customer', 'ID file', 'Selfie size', 'Selfie', 'Faces', 'Match', 'Received'];
  await expect(page.getByRole('columnheader')).toHaveText(heads);
  await page.reload();
  await expect(page.getByRole('columnheader')).toHaveText(heads);
});

test('changes the page size around what is shown and fetches the next page ahead', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  await expect.poll(() => asked.some((url) => /api\/verifications\?.*offset=25/.test(url))).toBe(true);
  await page.getByLabel('Rows per page').selectOption('100');
  await expect(row(page)).toHaveCount(100);
  await expect(page).toHaveURL(/limit=100/);
});

test('lists the keys behind the question mark, and leaves them alone while it is open', async ({ page }) => {
  await open(page);
  const before = await current(page).getAttribute('data-row');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Previous row');
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(current(page)).toHaveAttribute('data-row', before ?? '');
});

test('a key pressed right after Escape closed a panel is not lost', async ({ page }) => {
  await open(page);
  const second = await row(page).nth(1).getAttribute('data-row');
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await expect(page.getByRole('dialog', { name: 'Choose columns' })).toBeVisible();
  await page.keyboard.press('j');
  // In one breath: what the browser tells of a closed panel comes a moment later.
  await page.evaluate(() => {
    document.querySelector<HTMLElement>(':popover-open')?.hidePopover();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
  });
  await expect(current(page)).toHaveAttribute('data-row', second ?? '');
});

test('remembers the choice of colours', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /^Colours/ }).click();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('is accessible in light and dark colours, with each panel open too', async ({ page }) => {
  await open(page);
  await expectAccessibleInBothColours(page);
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await expect(page.locator(':popover-open').getByRole('checkbox').first()).toBeVisible();
  await expectAccessibleInBothColours(page, { within: ':popover-open' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await expectAccessibleInBothColours(page, { within: ':popover-open' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible();
  await expectAccessibleInBothColours(page, { within: 'dialog[open]' });
  await page.keyboard.press('Escape');
  await filterField(page).fill('customerId = nobody');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^No verifications match/ })).toBeVisible();
  await expectAccessibleInBothColours(page);
});

test('is readable 320, 390 and 700 pixels wide without scrolling the page sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 844 });
  await open(page);
  await expect(row(page)).toHaveCount(25);
  await expectAccessible(page);
  for (const width of [320, 390, 700]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  const id = (await shownIds(page))[0];
  await page.getByRole('link', { name: String(id), exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/verifications/${id}\\?`));
});
