import type { BrowserContext, Page } from '@playwright/test';
import type { Role } from '@/lib/domain/roles';
import { expect, expectAccessibleInBothColours, intercept, listRecords, signIn, test } from './fixtures';

// Every test signs in and out of a browser of its own: the sessions other tests share stay as they are.
test.use({ role: null });

const dialog = (page: Page) => page.getByRole('dialog');
const rationale = (page: Page) => page.getByRole('textbox', { name: 'Rationale' });
const header = (page: Page, id: number) => page.locator('header', { has: page.getByRole('heading', { name: `Verification ${id}` }) });
const bar = (page: Page) => page.getByRole('region', { name: 'Decision and notes' });

/** A tab that learns nothing from the other tabs of its browser: what it knows, the server told it. */
async function deafTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  });
  return page;
}

/** Signs in behind the pages' backs, as another tab would: only the cookie changes. */
async function signInElsewhere({ request }: BrowserContext, role: Role): Promise<void> {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
  const form = { email: `${role}@example.test`, password: process.env.DEMO_PASSWORD ?? '', csrfToken, json: 'true' };
  expect((await request.post('/api/auth/callback/credentials', { form })).status()).toBe(200);
}

async function openFailure(page: Page, place: number): Promise<number> {
  const id = (await listRecords(page, 'limit=100&sortBy=verificationId&direction=desc')).data.filter(({ verified }) => !verified)[place]
    ?.verificationId;
  await page.goto(`/verifications/${id}`);
  // A canvas is drawn by the browser alone: once there is one, the page listens to keys.
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 30_000 });
  return id ?? 0;
}

const reviewOf = async (page: Page, id: number) => (await (await page.request.get(`/api/verifications/${id}/review`)).json()).review;

test('a half-written decision never becomes the decision of whoever signed in last', async ({ context }) => {
  const tab = await deafTab(context);
  await signIn(tab, 'analyst');
  const id = await openFailure(tab, 20);
  await tab.keyboard.press('d');
  await tab.keyboard.press('1');
  await rationale(tab).fill('The ears differ.');
  const before = (await reviewOf(tab, id)).summary.version;

  const other = await context.newPage();
  await other.goto('/verifications');
  await other.getByRole('button', { name: /^Signed in as/ }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.waitForURL('**/sign-in');
  await signIn(other, 'manager');

  const refused = tab.waitForResponse('**/decisions');
  await tab.keyboard.press('Control+Enter');
  expect((await refused).status()).toBe(409);
  expect((await (await refused).json()).error.code).toBe('other-session');
  await expect(dialog(tab)).toContainText('You are now signed in as Marek Okafor (manager) in this browser');
  await expect(dialog(tab)).toContainText('This tab belongs to Ana Lindqvist.');
  await expect(dialog(tab)).toContainText('Your text is kept.');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('Escape');
  await expect(dialog(tab)).toBeVisible();
  await expectAccessibleInBothColours(tab, { within: 'dialog[open]' });
  expect((await reviewOf(other, id)).summary.version).toBe(before);
  await other.goto(`/verifications/${id}`);
  await expect(rationale(other)).toHaveCount(0);
  await other.close();

  const [back] = await Promise.all([
    context.waitForEvent('page'),
    dialog(tab).getByRole('link', { name: 'Sign in as Ana Lindqvist' }).click(),
  ]);
  await expect(back.getByText('Signing in here ends that session.')).toBeVisible();
  await back.getByLabel('E-mail').fill('analyst@example.test');
  await back.getByLabel('Password', { exact: true }).fill(process.env.DEMO_PASSWORD ?? '');
  await back.getByRole('button', { name: 'Sign in', exact: true }).click();
  await back.waitForURL(`**/verifications/${id}`);
  await expect(rationale(back)).toHaveValue('The ears differ.');
  await tab.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(dialog(tab)).toHaveCount(0);
  await expect(rationale(tab)).toHaveValue('The ears differ.');
  await tab.keyboard.press('Control+Enter');
  await expect.poll(async () => (await reviewOf(tab, id)).decisions.at(-1)?.proposerName ?? null).toBe('Ana Lindqvist');
});

test('a tab shows nothing of the next user: it neither goes on nor loads a part of a page under another name', async ({ context }) => {
  const tab = await deafTab(context);
  await signIn(tab, 'analyst');
  // No other request of the tab may find out before the part of a page that is asked for.
  await intercept(tab, '**/api/**', (route) => (route.request().url().endsWith('/api/me') ? route.continue() : route.abort()));
  await signInElsewhere(context, 'manager');
  await tab.getByRole('link', { name: 'Approvals' }).click();
  await expect(dialog(tab)).toContainText('You are now signed in as Marek Okafor (manager)');
  expect(new URL(tab.url()).pathname).toBe('/verifications');
  await tab.unrouteAll();
  await dialog(tab).getByRole('button', { name: 'Continue as Marek Okafor' }).click();
  await expect(tab.getByRole('button', { name: 'Signed in as Marek Okafor, manager' })).toBeVisible();
  await expect(dialog(tab)).toHaveCount(0);
});

test('signing out in one tab covers the others at once', async ({ context, page }) => {
  await signIn(page, 'analyst');
  const other = await context.newPage();
  await other.goto('/verifications');
  await other.getByRole('button', { name: /^Signed in as/ }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(dialog(page)).toContainText('Your session has ended');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(dialog(page).getByRole('link', { name: 'Sign in as Ana Lindqvist' })).toBeInViewport();
});

test('drafts wait sealed for their author, are shown to nobody else, and go at sign-out where that was chosen', async ({
  context,
  page,
}) => {
  await signIn(page, 'analyst');
  const id = await openFailure(page, 21);
  const note = page.getByRole('textbox', { name: 'Note' });
  const stored = () => page.evaluate(() => JSON.stringify(localStorage));
  const drafts = async () => Object.keys(JSON.parse(await stored())).filter((key) => key.startsWith('second-look/drafts/')).length;
  const openNote = async () => {
    await page.goto(`/verifications/${id}`);
    await expect(page.locator('canvas').first()).toBeVisible({ timeout: 30_000 });
    await bar(page).getByRole('button', { name: /^Note/ }).click();
  };
  const signOut = async (keep: boolean) => {
    await page.getByRole('button', { name: /^Signed in as/ }).click();
    await page.getByRole('checkbox', { name: 'Keep my drafts on this device' }).setChecked(keep);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
  };
  await openNote();
  await note.fill('A confidential thought');
  await expect.poll(drafts).toBe(1);
  await signOut(true);
  expect(await stored()).not.toContain('confidential');
  await signIn(page, 'manager');
  await openNote();
  await expect(note).toHaveValue('');
  await context.clearCookies();
  await signIn(page, 'analyst');
  await openNote();
  await expect(note).toHaveValue('A confidential thought');
  await page.keyboard.press('Escape');
  await signOut(false);
  expect(await drafts()).toBe(0);
});

test('closing one of two tabs of a case leaves the claim with the other, which learns at once when it is lost', async ({
  context,
  page,
}) => {
  await signIn(page, 'analyst');
  const id = await openFailure(page, 22);
  await page.keyboard.press('c');
  await expect(header(page, id)).toContainText('claimed by you');
  const other = await context.newPage();
  const held = other.waitForResponse((response) => response.url().endsWith('/claim') && response.request().method() === 'PUT');
  await other.goto(`/verifications/${id}`);
  await held;
  const left = page.waitForResponse((response) => response.url().endsWith('/claim') && response.request().method() === 'DELETE');
  await page.getByRole('link', { name: 'Verifications' }).click();
  expect((await left).status()).toBe(204);
  expect((await reviewOf(other, id)).summary.claim.holderName).toBe('Ana Lindqvist');
  await expect(header(other, id)).toContainText('claimed by you');
  await other.reload();
  await expect(header(other, id)).toContainText('claimed by you');
  await page.goto(`/verifications/${id}`);
  await expect(header(page, id)).toContainText('claimed by you');
  await page.getByRole('button', { name: 'Release' }).click();
  await expect(header(other, id)).toContainText('Your claim has ended');
});

test('a claim taken in one tab of a case is held by the other as well, and outlives the tab it was taken in', async ({ context, page }) => {
  await signIn(page, 'analyst');
  const id = await openFailure(page, 23);
  const other = await context.newPage();
  await other.goto(`/verifications/${id}`);
  await expect(other.locator('canvas').first()).toBeVisible({ timeout: 30_000 });
  const joined = page.waitForResponse((response) => response.url().endsWith('/claim') && response.request().method() === 'PUT');
  await other.keyboard.press('c');
  await expect(header(other, id)).toContainText('claimed by you');
  await joined;
  const left = other.waitForResponse((response) => response.url().endsWith('/claim') && response.request().method() === 'DELETE');
  await other.getByRole('link', { name: 'Verifications' }).click();
  expect((await left).status()).toBe(204);
  expect((await reviewOf(page, id)).summary.claim.holderName).toBe('Ana Lindqvist');
  await expect(header(page, id)).toContainText('claimed by you');
});
