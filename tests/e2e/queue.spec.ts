import type { Page } from '@playwright/test';
import { nextCaseMs, watchCases } from '../helpers/next-case';
import { expect, expectAccessible, expectAccessibleInBothColours, intercept, SOON, signedInState, test } from './fixtures';

const CASES = 20;

const bar = (page: Page) => page.getByRole('region', { name: 'Decision and notes' });
const rail = (page: Page) => page.getByRole('complementary', { name: 'Facts' });
const rationale = (page: Page) => page.getByRole('textbox', { name: 'Rationale' });
const undo = (page: Page) => page.getByRole('button', { name: /^Undo/ });
const header = (page: Page, id: number) => page.locator('header').filter({ hasText: `Verification ${id}` });
const idOf = (page: Page) => Number(/\/verifications\/(\d+)/.exec(page.url())?.[1]);

/** Opens the queue and draws, by keyboard; answers the number of the case, whose keys listen by then. */
async function draw(page: Page): Promise<number> {
  await page.goto('/queue');
  await expect(page.getByText(/\d+ waiting/).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/verifications\/\d+\?queue=/);
  return arrived(page, 0);
}

/** Waits until another case than `before` stands there with its keys listening. */
async function arrived(page: Page, before: number): Promise<number> {
  await expect.poll(() => idOf(page), { ...SOON, timeout: 30_000 }).not.toBe(before);
  const id = idOf(page);
  await expect(page.getByRole('heading', { level: 1, name: `Verification ${id}` })).toBeVisible();
  await expect(header(page, id)).toContainText('claimed by you');
  return id;
}

async function openCase(page: Page, id: number): Promise<void> {
  await page.goto(`/verifications/${id}`);
  await expect(header(page, id)).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 30_000 });
}

/** Failures nobody decided yet, from the newest, where the queue does not get to. */
async function openFailures(page: Page): Promise<number[]> {
  const answer = await page.request.get(
    '/api/verifications/search?result=NOT_VERIFIED&state=OPEN&sortBy=receivedAt&direction=desc&limit=50',
  );
  expect(answer.status()).toBe(200);
  const { records }: { records: { record: { verificationId: number; files: { contentType?: string }[] } }[] } = await answer.json();
  return records
    .filter(({ record }) => !record.files.some(({ contentType }) => contentType?.startsWith('video/')))
    .map(({ record }) => record.verificationId);
}

async function summaryOf(page: Page, id: number) {
  return (await (await page.request.get(`/api/verifications/${id}/review`)).json()).review.summary;
}

/** The numbers of the cases this tab has claimed for later. */
function aheadOf(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    (JSON.parse(sessionStorage.getItem('second-look/queue') ?? '{}').ahead ?? []).map(({ id }: { id: number }) => id),
  );
}

test('twenty cases are drawn and decided without a mouse, and the next one’s pictures are there before it', async ({ page }, info) => {
  test.setTimeout(180_000);
  const fetched: { file: string; onCase: number }[] = [];
  page.on('request', (request) => {
    const file = /\/api\/files\/(.+\.(?:jpe?g|png|webp))$/.exec(new URL(request.url()).pathname)?.[1];
    if (file) fetched.push({ file, onCase: idOf(page) });
  });
  const decided: number[] = [];
  const times: number[] = [];
  await watchCases(page);
  let id = await draw(page);
  for (let round = 1; round <= CASES; round += 1) {
    decided.push(id);
    await expect(rationale(page)).toHaveCount(0);
    // As a reviewer would: not before she can see anything. By then the next two are on their way.
    await expect(page.locator('canvas').first()).toBeVisible({ timeout: 30_000 });
    await expect.poll(() => aheadOf(page), SOON).toHaveLength(2);
    await expect(page.locator('[aria-hidden] > a[href*="?queue="]')).toHaveCount(2);
    await page.keyboard.press('d');
    await page.keyboard.press('1');
    times.push(await nextCaseMs(page));
    id = await arrived(page, id);
  }
  const p95 = times.toSorted((a, b) => a - b)[Math.ceil(CASES * 0.95) - 1] ?? 0;
  info.annotations.push({ type: 'nextCaseMs p95', description: p95.toFixed() });
  console.log(`nextCaseMs p95 ${p95.toFixed()}`);

  expect(new Set(decided).size).toBe(CASES);
  const { reviews } = await (await page.request.get(`/api/reviews?ids=${decided.join(',')}`)).json();
  expect(reviews.map(({ state, version }: { state: string; version: number }) => [state, version])).toEqual(
    decided.map(() => ['RESOLVED', 1]),
  );

  // From the second case on every picture had come while an earlier case was looked at, and came once.
  const early = decided.slice(2);
  const own = fetched.filter(({ file }) => early.some((one) => new RegExp(`_${one}_`).test(file)));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ file, onCase }) => new RegExp(`_${onCase}_`).test(file))).toEqual([]);
  expect(own.length).toBe(new Set(own.map(({ file }) => file)).size);

  // Leaving gives back what was claimed for later.
  await expect.poll(() => aheadOf(page), SOON).toHaveLength(2);
  const ahead = await aheadOf(page);
  await page.keyboard.press('Escape');
  await page.waitForURL('**/queue?view=default');
  await expect
    .poll(async () => Promise.all([id, ...ahead].map(async (one) => (await summaryOf(page, one)).claim)), SOON)
    .toEqual([null, null, null]);
});

test('a decision is taken back from a tab opened after the one it was made in was closed, and the server records it', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  let at = 0;
  const ids = await openFailures(page);
  // Ten seconds are the server's to count; a machine that was too slow for them tries again on another case.
  await expect(async () => {
    const id = ids[at++] ?? 0;
    const first = await context.newPage();
    await openCase(first, id);
    await first.keyboard.press('d');
    await first.keyboard.press('1');
    await first.keyboard.press('Enter');
    await expect(undo(first)).toBeVisible();
    await first.close();
    const second = await context.newPage();
    await second.goto('/queue');
    await expect(undo(second)).toBeVisible({ timeout: 5_000 });
    await second.keyboard.press('z');
    await second.waitForURL(`**/verifications/${id}`, { timeout: 5_000 });
    await expect(rail(second)).toContainText('took decision 1 back');
    await expect(undo(second)).toHaveCount(0);
    expect(await summaryOf(page, id)).toMatchObject({ state: 'OPEN', version: 1, decision: null });
    await second.close();
  }).toPass({ timeout: 100_000 });
});

test('one key never decides alone: not on a draft begun earlier, and not however long it is held', async ({ page }) => {
  const [id = 0] = (await openFailures(page)).slice(5);
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/decisions')) sent += 1;
  });
  await openCase(page, id);
  await page.keyboard.press('Enter');
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await page.reload();
  await expect(page.getByText('You began this earlier.')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('d');
  await expect(page.getByText('You began this earlier.')).toHaveCount(0);
  // Held down it repeats; only the first press counts, and that one came before.
  await page.keyboard.down('1');
  await page.keyboard.down('1');
  await page.keyboard.up('1');
  await expect(page.getByRole('button', { name: /Faces differ/ })).toHaveAttribute('aria-pressed', 'false');
  expect(sent).toBe(0);
  await page.keyboard.press('/');
  await page.keyboard.type('forg');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Find a reason' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /ID forged/ })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('g');
  await expect(page.locator('dl').filter({ hasText: 'security pattern' })).toBeVisible();
  expect(sent).toBe(0);
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(bar(page)).toContainText('Declined');
  expect(sent).toBe(1);
});

test('when no case can be drawn after a decision it says why, the decision stands, and the keys go on', async ({ page }) => {
  let draws = 0;
  await page.route('**/api/queue/next', (route) => {
    draws += 1;
    return draws === 1 ? route.continue() : route.abort();
  });
  const id = await draw(page);
  await expect.poll(() => draws, SOON).toBe(2);
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await page.keyboard.press('t');
  await page.keyboard.type('The ears differ.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'No answer came back' })).toBeVisible();
  await expect(rationale(page)).toHaveCount(0);
  await expect(bar(page)).toContainText('Declined');
  expect(await summaryOf(page, id)).toMatchObject({ state: 'RESOLVED', version: 1 });
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
});

test('a case is passed on, put off and handed up by keyboard, each with its words, and the queue goes on', async ({ page }) => {
  test.setTimeout(90_000);
  let id = await draw(page);
  for (const { key, words, action } of [
    { key: 'x', words: 'I know this person.', action: 'case.skipped' },
    { key: 's', words: '', action: 'case.snoozed' },
    { key: 'e', words: 'The document is one I have never seen.', action: 'case.escalated' },
  ]) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    // A letter of the case's keys is a letter here.
    if (words) await page.keyboard.type(words);
    await page.keyboard.press('Control+Enter');
    const next = await arrived(page, id);
    const { timeline } = await (await page.request.get(`/api/verifications/${id}/review`)).json();
    expect(timeline).toContainEqual(expect.objectContaining({ action, data: expect.objectContaining({ reason: words }) }));
    id = next;
  }
  await page.keyboard.press('Escape');
  await page.waitForURL('**/queue?view=default');
});

test('the palette takes an address, a number, a customer, a view and an action', async ({ page }) => {
  const [id = 0, other = 0] = await openFailures(page);
  const go = async (text: string) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: /^Id, address/ })).toBeFocused();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await openCase(page, id);
  await go(`${new URL(page.url()).origin}/verifications/${other}?sortBy=verified`);
  await page.waitForURL(`**/verifications/${other}`);
  await expect(header(page, other)).toBeVisible();
  await go('write a note');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await go(String(id));
  await page.waitForURL(`**/verifications/${id}`);
  await go('queue');
  await page.waitForURL('**/queue');
  await go('customerId=4711');
  await page.waitForURL(/tagFilter=customerId/);
});

test('what was typed outlives a session that ended, and is there again after signing in', async ({ page, context }) => {
  const [id = 0] = (await openFailures(page)).slice(6);
  await openCase(page, id);
  await page.keyboard.press('n');
  await page.keyboard.type('Half a note');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await rationale(page).fill('The ears differ.');
  await context.clearCookies();
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(dialog).toContainText('Nothing was stored. Your text is kept.');
  const [next] = await Promise.all([context.waitForEvent('page'), dialog.getByRole('link', { name: 'Sign in as Ana Lindqvist' }).click()]);
  await next.getByLabel('E-mail').fill('analyst@example.test');
  await next.getByLabel('Password', { exact: true }).fill(process.env.DEMO_PASSWORD ?? '');
  await next.getByRole('button', { name: 'Sign in', exact: true }).click();
  await next.waitForURL(`**/verifications/${id}`);
  await expect(rationale(next)).toHaveValue('The ears differ.');
  await expect(next.getByRole('button', { name: /Faces differ/ })).toHaveAttribute('aria-pressed', 'true');
  await bar(next).getByRole('button', { name: /^Note/ }).click();
  await expect(next.getByRole('textbox', { name: 'Note' })).toHaveValue('Half a note');
  // The tab that was there goes on as well, by itself.
  await expect(dialog).toHaveCount(0);
  await expect(rationale(page)).toHaveValue('The ears differ.');
});

test('a claim shows who has the case and warns before it ends; a manager takes it over, and whoever looks is named', async ({
  page,
  browser,
}) => {
  const [id = 0, ending = 0] = (await openFailures(page)).slice(7);
  await openCase(page, id);
  await page.keyboard.press('c');
  await expect(header(page, id)).toContainText('claimed by you');

  const theirs = await browser.newContext({ storageState: signedInState('manager') });
  const manager = await theirs.newPage();
  await manager.goto(`/verifications/${id}`);
  await expect(header(manager, id)).toContainText('works on it until');
  await expect(header(manager, id)).toContainText('has this case open too');
  await expect(bar(manager).getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await header(manager, id).getByRole('button', { name: 'Take over' }).click();
  await expect(header(manager, id)).toContainText('claimed by you');
  await expect(bar(manager).getByRole('button', { name: 'Approve' })).toBeEnabled();
  await header(manager, id).getByRole('button', { name: 'Release' }).click();
  await expect(header(manager, id)).not.toContainText('claimed by you');
  await theirs.close();

  const { id: holderId, name: holderName } = await (await page.request.get('/api/me')).json();
  await openCase(page, ending);
  const soon = { holderId, holderName, claimedAt: Date.now(), expiresAt: Date.now() + 80_000 };
  await intercept(page, '**/claim', (route) => route.fulfill({ json: { claim: soon } }));
  await page.keyboard.press('c');
  const keep = header(page, ending).getByRole('button', { name: 'Keep it' });
  await expect(keep).toBeVisible();
  await page.unroute('**/claim');
  await keep.click();
  await expect(keep).toHaveCount(0);
  await expect(header(page, ending)).toContainText('claimed by you');
});

test('a manager says who draws from which queue', async ({ browser, page }) => {
  const theirs = await browser.newContext({ storageState: signedInState('manager') });
  const manager = await theirs.newPage();
  await manager.goto('/queue');
  await manager.getByRole('button', { name: 'Who draws what' }).click();
  const reviewers = manager.getByRole('dialog').getByRole('group');
  const all = reviewers.first().getByRole('checkbox', { name: 'All queues' });
  await expect(all).toBeChecked();
  await expectAccessible(manager, { within: 'dialog[open]' });
  await all.click();
  await expect(reviewers.first().getByRole('checkbox', { name: 'Failures, oldest first' })).toBeChecked();
  await all.click();
  await expect(all).toBeChecked();
  const { grants } = await (await manager.request.get('/api/queue/grants')).json();
  expect(grants.every(({ viewIds }: { viewIds: string[] | null }) => viewIds === null)).toBe(true);
  await theirs.close();
  await page.goto('/queue');
  await expect(page.getByRole('button', { name: 'Who draws what' })).toHaveCount(0);
});

test('axe finds nothing on the queue, light and dark, and a phone shows it whole', async ({ page }) => {
  await page.goto('/queue');
  await expect(page.getByText(/\d+ waiting/).first()).toBeVisible();
  await expectAccessibleInBothColours(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expect(page.getByRole('button', { name: 'Draw the next case' })).toBeInViewport();
});
