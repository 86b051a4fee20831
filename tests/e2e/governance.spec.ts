import type { APIRequestContext, Page } from '@playwright/test';
import { agreeAs, expect, expectAccessible, hasBothFaces, listRecords, pageOf, shownNow, test } from './fixtures';

const RATIONALE = 'Same ears and the same nose; only the light on the card differs.';

/** Failed records, newest first: other specs take theirs from the old end. */
async function failedIds(page: Page): Promise<number[]> {
  const { data } = await listRecords(page, 'limit=100&sortBy=verificationId&direction=desc');
  return data.filter((record) => !record.verified && hasBothFaces(record)).map(({ verificationId }) => verificationId);
}

/** Proposes to approve a case against the machine, over the API, and answers the decision. */
async function propose(request: APIRequestContext, id: number): Promise<{ id: string }> {
  const { review } = await (await request.get(`/api/verifications/${id}/review`)).json();
  const shown = await shownNow(request, id);
  const answer = await request.post(`/api/verifications/${id}/decisions`, {
    headers: { 'idempotency-key': `governance-${id}-${review.summary.version}` },
    data: {
      version: review.summary.version,
      outcome: 'APPROVED',
      reasonCodes: ['FALSE_REJECT_QUALITY'],
      rationale: RATIONALE,
      shown,
    },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).decision;
}

test('a proposal is answered by a second person with two keys, never by who made it', async ({ page, browser }) => {
  const [id = 0] = (await failedIds(page)).slice(0, 1);
  const decision = await propose(page.request, id);

  // The proposer sees it is hers; her keys do nothing, and neither does the API.
  await page.goto(`/approvals?case=${id}`);
  const own = page.getByRole('region', { name: 'Waiting for a second reviewer' });
  await expect(own).toContainText('You proposed this, with this account or another of yours.');
  await page.keyboard.press('y');
  await page.keyboard.press('Enter');
  await expect(own.getByRole('button', { name: /Agree/ })).toHaveCount(0);
  const forged = await page.request.post(`/api/verifications/${id}/approval`, {
    headers: { 'idempotency-key': `forged-${id}` },
    data: { decisionId: decision.id, agrees: true, comment: '' },
  });
  expect([forged.status(), (await forged.json()).error.code]).toEqual([403, 'forbidden']);

  const second = await pageOf(browser, 'manager', '/approvals');
  await expect(second.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: /Approvals/ })).toContainText(/\d+/);
  await expectAccessible(second);
  await second.getByRole('link', { name: new RegExp(`^${id}\\b`) }).click();
  const proposal = second.getByRole('region', { name: 'Waiting for a second reviewer' });
  await expect(proposal).toContainText(RATIONALE);
  await expect(
    second
      .getByRole('img', { name: /^ID document,/ })
      .locator('canvas')
      .first(),
  ).toBeVisible({ timeout: 30_000 });
  await expectAccessible(second);
  await second.keyboard.press('y');
  await second.keyboard.press('Enter');
  await expect(second.getByRole('link', { name: new RegExp(`^${id}\\b`) })).toHaveCount(0);
  const { review } = await (await second.request.get(`/api/verifications/${id}/review`)).json();
  expect(review.summary).toMatchObject({ state: 'RESOLVED', decision: { outcome: 'APPROVED', isOverride: true } });
  expect(review.decisions.at(-1).approval).toMatchObject({ agrees: true });
  await second.context().close();
});

test('a manager who switches dual control off alone only proposes it; an administrator agrees, and it is off', async ({ browser }) => {
  const manager = await pageOf(browser, 'manager', '/settings');
  const dualControl = manager.getByLabel('Approvals that override the automated result');
  const version = Number(/\d+/.exec(await manager.getByRole('button', { name: /^Publish version/ }).innerText())?.[0]);
  for (const [on, publish] of [
    [false, false],
    [true, true],
  ] as const) {
    await dualControl.setChecked(on);
    await manager.getByLabel('Reason for the change').fill('The works council asked for it.');
    await manager.getByRole('button', { name: publish ? `Publish version ${version + 1}` : 'Propose change' }).click();
    if (publish) break;
    await expect(manager.getByRole('link', { name: 'Change the policy' })).toBeVisible();
    // It is still on: for the form, and for whoever decides.
    await expect(dualControl).toBeChecked();
    await expectAccessible(manager);
    const { policies } = await (await manager.request.get('/api/policies')).json();
    expect(policies[0]).toMatchObject({ version: version - 1, settings: { fourEyes: { overridesToApproved: true } } });

    // The manager's own keys do nothing, and neither does the API.
    await manager.getByRole('link', { name: 'Change the policy' }).click();
    const own = manager.getByRole('region', { name: 'Change the policy' });
    await expect(own).toContainText('You proposed this');
    await expect(own.getByRole('button', { name: /^Agree/ })).toHaveCount(0);
    const id = new URL(manager.url()).searchParams.get('change');
    const forged = await manager.request.post(`/api/changes/${id}/verdict`, { data: { agrees: true, comment: '' } });
    expect([forged.status(), (await forged.json()).error.code]).toEqual([403, 'forbidden']);

    await agreeAs(browser, 'admin', 'Change the policy');
    await manager.goto('/settings');
    await expect(dualControl).not.toBeChecked();
  }
  // Switching it on again takes nobody else.
  await expect(manager.getByRole('button', { name: `Publish version ${version + 2}` })).toBeVisible();
  await expect(dualControl).toBeChecked();
  await manager.context().close();
});

test.describe('the settings', () => {
  test.use({ role: 'admin' });

  test('change the policy by a version, say what the rule was today, and change it back', async ({ page }) => {
    await page.goto('/settings');
    const claim = page.getByLabel('A claim lasts');
    const before = await claim.inputValue();
    for (const minutes of ['17', before]) {
      await claim.fill(minutes);
      await page.getByLabel('Reason for the change').fill('Tried out by the house, and taken back.');
      const button = page.getByRole('button', { name: /^Publish version \d+/ });
      const version = Number(/\d+/.exec(await button.innerText())?.[0]);
      await button.click();
      await expect(page.getByRole('button', { name: `Publish version ${version + 1}` })).toBeVisible();
      await expect(claim).toHaveValue(minutes);
    }
    await page.getByLabel('Day (UTC)', { exact: true }).fill(new Date().toISOString().slice(0, 10));
    await expect(page.getByText('A claim lasts 17 minutes without activity.').first()).toBeVisible();
    await expectAccessible(page);
  });

  test('show what an erasure would do before it does anything, and keep what is under legal hold', async ({ page, browser }) => {
    const [, id = 0] = await failedIds(page);
    await page.goto(`/settings/retention?ids=${id}`);
    await page.getByLabel('Put under legal hold').check();
    await page.getByLabel(/^Reason/).fill('Court order 4 C 17/26.');
    await page.getByRole('button', { name: 'Show what this would do' }).click();
    const act = page.getByRole('button', { name: 'Hold 1 case' });
    await expect(act).toBeDisabled();
    await page.getByLabel('Type 1 to confirm').fill('1');
    await act.click();
    await expect(page.getByText('1 of 1 put under legal hold.').first()).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Court order' })).toContainText(String(id));

    await page.getByLabel('Erase at a request').check();
    const cases = page.getByLabel(/^Cases, by id or address/);
    await cases.fill('12.5');
    await expect(page.getByText('“12.5” is not an id.', { exact: false })).toBeVisible();
    // The digits of the queue's id name nobody.
    await cases.fill(`${new URL(page.url()).origin}/verifications/${id}?queue=0f8e12ab-1234-4cd5-9e66-120000340056`);
    await expect(page.getByText(`One case: ${id}.`)).toBeVisible();
    await page.getByLabel(/^Reason/).fill('Request 17 of the data protection officer.');
    await page.getByRole('button', { name: 'Show what this would do' }).click();
    await expect(page.getByText('It is under legal hold.')).toBeVisible();
    await expect(page.getByRole('heading', { name: '0 of 1 would be erased' })).toBeVisible();
    await expectAccessible(page);

    await page.getByLabel('Lift the legal hold').check();
    await page.getByRole('button', { name: 'Show what this would do' }).click();
    await page.getByLabel('Type 1 to confirm').fill('1');
    await expect(page.getByText('A second reviewer has to agree to this.')).toBeVisible();
    await page.getByRole('button', { name: 'Propose to lift the hold on 1 case' }).click();
    await expect(page.getByText('Nothing changes until a second reviewer agrees.').first()).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Court order' })).toContainText(String(id));
    await expectAccessible(page);
    await agreeAs(browser, 'manager', `Lift the legal hold on case ${id}`);
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: 'Court order' })).toHaveCount(0);
  });

  test('add a user, change their role once a second person agreed, shut them out, and keep the last administrator', async ({
    page,
    browser,
  }) => {
    await page.goto('/settings/users');
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Noor Adeyemi');
    await page.getByLabel('E-mail address').fill('noor@example.test');
    await page.getByRole('button', { name: 'Draw one' }).click();
    await page.getByRole('combobox', { name: /^Role/ }).selectOption('auditor');
    await page.getByLabel(/^Reason for the second reviewer/).fill('Noor audits us this year.');
    await page.getByRole('button', { name: 'Propose' }).click();
    await expect(page.getByRole('link', { name: /^Add Noor Adeyemi/ })).toBeVisible();
    await agreeAs(browser, 'manager', 'Add Noor Adeyemi');
    await page.reload();
    const row = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Role: Noor Adeyemi' }) });
    await expect(row).toContainText('auditor');
    await row.getByRole('button', { name: /^Role/ }).click();
    await page.getByRole('radio', { name: /^analyst/ }).check();
    await page.getByRole('button', { name: 'Propose' }).click();
    // Nothing chosen is lost when it is refused.
    await expect(page.getByText(/Say why in at least 10 characters/)).toBeVisible();
    await page.getByLabel(/^Reason for the second reviewer/).fill('Noor joins the review team.');
    await page.getByRole('button', { name: 'Propose' }).click();
    const waiting = page.getByRole('link', { name: /^Change the role of Noor Adeyemi/ });
    await expect(waiting).toBeVisible();
    await expect(row).toContainText('auditor');
    await expectAccessible(page);
    await agreeAs(browser, 'manager', 'Change the role of Noor Adeyemi');
    await page.reload();
    await expect(row).toContainText('analyst');
    await expect(waiting).toHaveCount(0);
    await row.getByRole('button', { name: /^Disable/ }).click();
    await page.getByRole('button', { name: 'Disable account' }).click();
    await expect(row).toContainText('disabled');
    await expectAccessible(page);

    const last = page.getByRole('listitem').filter({ hasText: 'admin@example.test' });
    await last.getByRole('button', { name: /^Disable/ }).click();
    await page.getByRole('button', { name: 'Disable account' }).click();
    await expect(page.getByText(/This is the last administrator/)).toBeVisible();
    await page.keyboard.press('Escape');
  });

  test('test the connection to the verification API without showing its key', async ({ page }) => {
    await page.goto('/settings/connection');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await expect(page.getByText(/It answered in \d+ ms\./)).toBeVisible();
    await expectAccessible(page);
  });
});
