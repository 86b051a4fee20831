import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { type APIRequestContext, type Browser, test as base, expect, type Page, type Route } from '@playwright/test';
import type { Role } from '@/lib/domain/roles';

export { expect };

/** Milliseconds between two looks at what comes within tenths of a second. */
export const SOON = { intervals: [20, 50, 50, 100] };

/** Where the cookies of a signed-in demo user are kept between tests. */
export function signedInState(role: Role): string {
  return fileURLToPath(new URL(`../../data/test/e2e/signed-in-${role}.json`, import.meta.url));
}

/** A test whose `page` is signed in; `test.use({ role: 'auditor' })` for another one, `null` for a stranger. */
export const test = base.extend<{ role: Role | null }>({
  role: ['analyst', { option: true }],
  storageState: async ({ role }, use) => use(role ? signedInState(role) : undefined),
});

/** Signs in as a demo user through the sign-in page. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(`${role}@example.test`);
  await page.getByLabel('Password', { exact: true }).fill(process.env.DEMO_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/verifications**');
}

/** A page signed in as somebody else, beside the test's own. */
export async function pageOf(browser: Browser, role: Role, path: string): Promise<Page> {
  const context = await browser.newContext({ storageState: signedInState(role), viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** Reads the record and the files of a case again and returns them as a client of the API names them in a verdict. */
export async function shownNow(request: APIRequestContext, id: number, base = '') {
  const answer = await request.post(`${base}/api/verifications/${id}/evidence/check`, { data: {} });
  const { files } = (await answer.json()) as { files: { name: string; sha256: string | null; state: string }[] };
  const shaOf = (side: string) => files.find(({ name, state }) => name.includes(`_${side}_`) && state !== 'lost')?.sha256 ?? null;
  const record = (await request.get(`${base}/api/verifications/${id}`)).headers()['record-sha256'] ?? null;
  return { record, id: shaOf('id'), face: shaOf('face') };
}

/** Agrees to the change whose sentence begins so, as a second person on the Approvals screen, with the keyboard alone. */
export async function agreeAs(browser: Browser, role: Role, what: string): Promise<void> {
  const second = await pageOf(browser, role, '/approvals');
  const row = second
    .locator('a[data-row]')
    .filter({ hasText: new RegExp(`^${what}`) })
    .first();
  await row.focus();
  await second.keyboard.press('Enter');
  const detail = second.getByRole('region', { name: new RegExp(`^${what}`) });
  await expect(detail.getByRole('button', { name: /^Agree/ })).toBeVisible();
  await expectAccessible(second);
  await second.keyboard.press('y');
  await second.keyboard.press('Enter');
  await expect(detail).toHaveCount(0);
  await second.context().close();
}

export interface AxeScope {
  /** CSS selector of the only part to look at: a panel on a page that was looked at before. */
  within?: string;
  /** Looks at nothing but contrast: what is left to see once the other colours were looked at whole. */
  contrastOnly?: boolean;
}

/** Fails with the list of what axe finds on the page as it stands. */
export async function expectAccessible(page: Page, { within, contrastOnly = false }: AxeScope = {}): Promise<void> {
  // Told only what is wrong, and in the page itself: no frame of another origin is ever in one, and a list of all that is right takes long to hand over.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (within) {
    await expect(page.locator(within).first()).toBeVisible();
    // By a mark: axe reads selectors itself and knows nothing of open popovers.
    await page.locator(within).evaluateAll((parts) => {
      for (const marked of document.querySelectorAll('[data-axe]')) marked.removeAttribute('data-axe');
      for (const part of parts) part.setAttribute('data-axe', '');
    });
    axe.include('[data-axe]');
  }
  if (contrastOnly) axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.target.join(' ')).join('\n  ')}`);
  expect(found).toEqual([]);
}

/** What axe finds in light colours, then in dark ones, for which contrast is all that is left to see; ends in light. Nothing moves any more. */
export async function expectAccessibleInBothColours(page: Page, scope: Omit<AxeScope, 'contrastOnly'> = {}): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectAccessible(page, scope);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, { ...scope, contrastOnly: true });
  await page.emulateMedia({ colorScheme: 'light' });
}

const PROBE = '**/is-it-intercepted';

/**
 * `page.route` for a page that is open already. On a busy machine the next request of such a page was seen to go past it, presumably
 * because the browser tells the page of it in passing: so this waits until a request of the page itself was met.
 */
export async function intercept(page: Page, url: Parameters<Page['route']>[0], handler: (route: Route) => unknown): Promise<void> {
  await page.route(url, handler);
  await page.route(PROBE, (route) => route.fulfill({ status: 204 }));
  await expect.poll(() => page.evaluate(() => fetch('/is-it-intercepted').then(({ status }) => status)), SOON).toBe(204);
  await page.unroute(PROBE);
}

interface ListBody {
  totalCount: number;
  data: ListedRecord[];
}

interface ListedRecord {
  verificationId: number;
  verified: boolean;
  idFileName: string;
  selfieFileName: string;
  modelResults: { technicalChecks: { faceCount?: { id: number; selfie: number } }[] };
}

/** Whether the record counts at least one face on both of its pictures. */
export function hasBothFaces({ modelResults }: ListedRecord): boolean {
  return modelResults.technicalChecks.some(({ faceCount }) => faceCount && faceCount.id > 0 && faceCount.selfie > 0);
}

/** A page of records as the console's own API hands them out to the signed-in browser. */
export async function listRecords(page: Page, query = 'limit=100&sortBy=verificationId&direction=asc'): Promise<ListBody> {
  const answer = await page.request.get(`/api/verifications?${query}`);
  expect(answer.status()).toBe(200);
  return answer.json();
}
