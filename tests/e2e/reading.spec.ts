import type { APIRequestContext, Page } from '@playwright/test';
import { expect, expectAccessibleInBothColours, listRecords, SOON, signedInState, test } from './fixtures';

const caseId = (page: Page) => Number(/\/verifications\/(\d+)/.exec(page.url())?.[1]);

/** How often somebody of this name opened a case so far, as an auditor is told. */
async function viewsBy(auditor: APIRequestContext, id: number, name: RegExp, since = 0): Promise<number> {
  const answer = await auditor.get(`/api/audit/reading?verification=${id}`);
  expect(answer.status()).toBe(200);
  const { events }: { events: { action: string; actorName: string; at: number }[] } = await answer.json();
  return events.filter(({ action, actorName, at }) => action === 'case.viewed' && name.test(actorName) && at >= since).length;
}

test.describe('reading', () => {
  test.use({ role: 'manager' });
  const MANAGER = /./;
  let auditor: APIRequestContext;

  test.beforeEach(async ({ playwright, baseURL }) => {
    auditor = await playwright.request.newContext({ ...(baseURL && { baseURL }), storageState: signedInState('auditor') });
  });
  test.afterEach(() => auditor.dispose());

  test('a case opened from the grid is one view, and the next one in the list is none', async ({ page }) => {
    const { data } = await listRecords(page, 'limit=25&offset=75&sortBy=verificationId&direction=asc');
    const [id = 0, next = 0] = data.slice(20).map(({ verificationId }) => verificationId);
    const before = await Promise.all([viewsBy(auditor, id, MANAGER), viewsBy(auditor, next, MANAGER)]);
    await page.goto('/verifications?limit=25&offset=75&sortBy=verificationId&direction=asc');
    const beats = page.waitForResponse((response) => response.url().endsWith(`/${id}/presence`));
    const neighbours = page.waitForResponse((response) => response.url().includes(`/${id}/neighbours`));
    await page.locator(`[data-case="${id}"]`).click();
    await expect(page.getByRole('heading', { level: 1, name: `Verification ${id}` })).toBeVisible();
    await Promise.all([beats, neighbours]);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: `Verification ${id}` })).toBeVisible();
    expect([await viewsBy(auditor, id, MANAGER), await viewsBy(auditor, next, MANAGER)]).toEqual([before[0] + 1, before[1]]);
  });

  test('cases of the queue that were fetched ahead are viewed once they are shown', async ({ page }) => {
    const pages: string[] = [];
    page.on('response', (response) => {
      const url = new URL(response.url());
      if (url.searchParams.has('_rsc')) pages.push(url.pathname);
    });
    await page.goto('/queue');
    await expect(page.getByText(/\d+ waiting/).first()).toBeVisible();
    const shown = page.waitForResponse((response) => /\/views$/.test(response.url()));
    const began = Date.now();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/verifications\/\d+\?queue=/);
    await shown;
    const first = caseId(page);
    const ahead = () =>
      page.evaluate(() =>
        (JSON.parse(sessionStorage.getItem('second-look/queue') ?? '{}').ahead ?? []).map(({ id }: { id: number }) => id),
      );
    await expect.poll(ahead, SOON).toHaveLength(2);
    const [next = 0, later = 0]: number[] = await ahead();
    await expect.poll(() => [next, later].every((id) => pages.includes(`/verifications/${id}`)), { timeout: 30_000 }).toBe(true);
    // Others saw these cases before, and perhaps this manager: what counts is what the queue adds.
    const added = () => Promise.all([next, later].map((id) => viewsBy(auditor, id, MANAGER, began)));
    expect(await viewsBy(auditor, first, MANAGER)).toBeGreaterThan(0);
    expect(await added()).toEqual([0, 0]);
    const nextShown = page.waitForResponse((response) => response.url().endsWith(`/${next}/views`));
    await page.keyboard.press('j');
    await nextShown;
    await expect(page.getByRole('heading', { level: 1, name: `Verification ${next}` })).toBeVisible();
    expect(await viewsBy(auditor, next, MANAGER)).toBeGreaterThan(0);
    expect((await added())[1]).toBe(0);
  });

  test('a case fetched ahead is hidden when its view cannot be recorded', async ({ page }) => {
    await page.route('**/views', (route) => route.fulfill({ status: 500, body: '{}' }));
    await page.goto('/queue');
    await expect(page.getByText(/\d+ waiting/).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/verifications\/\d+\?queue=/);
    await expect(page.getByText(/^Opening verification \d+ could not be recorded$/)).toBeVisible();
    await expect(page.locator('canvas')).toHaveCount(0);
  });

  test('is reported by record and by person, and taken away as CSV', async ({ page }) => {
    const { data } = await listRecords(page, 'limit=25&offset=50&sortBy=verificationId&direction=asc');
    const id = data.at(-1)?.verificationId ?? 0;
    await page.goto(`/verifications/${id}`);
    await page.getByRole('link', { name: 'Viewed by' }).click();
    await expect(page).toHaveURL(`/audit/reading?verification=${id}`);
    const people = page.getByRole('region', { name: 'People' });
    await expect(people.getByRole('row')).not.toHaveCount(0);
    await expect(page.getByText('opened the case', { exact: false }).first()).toBeVisible();
    await expectAccessibleInBothColours(page);
    const name = await people.getByRole('link').first().innerText();
    await people.getByRole('link').first().click();
    await expect(page).toHaveURL(/person=[0-9a-f-]{36}/);
    await expect(page.getByRole('combobox', { name: 'Person' }).locator('option:checked')).toHaveText(name);
    await page.getByLabel('Verification', { exact: true }).fill('12, 13');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^This field takes one id/)).toBeVisible();
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    await expect(page).toHaveURL(/kind=audit-log&format=csv&group=reading/);
    await expect(page.getByText(/^\d+ events? now$/)).toBeVisible();
  });

  test('does not drown the audit log: viewing is left out until it is asked for', async ({ page }) => {
    await page.goto('/audit');
    await expect(page.locator('summary').first()).toBeVisible();
    await expect(page.locator('summary').filter({ hasText: 'opened the case' })).toHaveCount(0);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('reading');
    await expect(page).toHaveURL(/show=reading/);
    await expect(page.locator('summary').filter({ hasText: 'opened the case' }).first()).toBeVisible();
  });
});
