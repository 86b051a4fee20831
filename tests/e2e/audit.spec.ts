import { expect, expectAccessible, expectAccessibleInBothColours, listRecords, shownNow, test } from './fixtures';

// A case no other spec decides.
const RATIONALE = 'Both pictures show the same scar above the left eye.';

test.describe('the audit log', () => {
  let id = 0;

  test('keeps what an analyst decided', async ({ page }) => {
    const { data } = await listRecords(page);
    const chosen = data.at(-3);
    if (!chosen) throw new Error('There are too few demo records.');
    id = chosen.verificationId;
    const { review } = await (await page.request.get(`/api/verifications/${id}/review`)).json();
    const shown = await shownNow(page.request, id);
    const answer = await page.request.post(`/api/verifications/${id}/decisions`, {
      headers: { 'idempotency-key': `audit-${id}` },
      data: { version: review.summary.version, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: RATIONALE, shown },
    });
    expect(answer.status(), await answer.text()).toBe(201);
  });

  test.describe('read by an auditor', () => {
    test.use({ role: 'auditor' });

    test('says who decided and why in two clicks', async ({ page }) => {
      await page.goto(`/audit?verification=${id}`);
      await expect(page.getByText('Chain whole')).toBeVisible();
      await page.getByRole('combobox', { name: 'What' }).selectOption('decision.made');
      const line = page.getByRole('listitem').filter({ hasText: 'decided: Declined' }).first();
      await line.locator('summary').click();
      await expect(line.getByText(RATIONALE, { exact: false }).first()).toBeVisible();
      await expect(line.getByText('Ana Lindqvist, analyst', { exact: false })).toBeVisible();
      await expect(line.getByText(/"rationale": "Both pictures/)).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('combobox', { name: 'What' }).selectOption('');
      await page.getByRole('button', { name: 'Check again' }).click();
      await expect(page.getByText('Chain whole')).toBeVisible();
      await expect(page.getByText(/signed up to/)).toBeVisible();
    });

    test('moves by keys, and a narrowed log is an address', async ({ page }) => {
      await page.goto('/audit');
      await expect(page.getByText('Chain whole')).toBeVisible();
      await page.keyboard.press('/');
      await expect(page.getByLabel('Verification', { exact: true })).toBeFocused();
      await page.keyboard.type(String(id));
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`verification=${id}`));
      await page.keyboard.press('j');
      await expect(page.locator('summary').first()).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.locator('details').first()).toHaveAttribute('open', '');
      await page.goBack();
      await expect(page).not.toHaveURL(/verification=/);
      const field = page.getByLabel('Verification', { exact: true });
      await field.fill(`${id}, 13`);
      await field.press('Enter');
      await expect(page.getByText(/^This field takes one id, and the text names 2/)).toBeVisible();
      await expect(field).toHaveValue(`${id}, 13`);
      await expect(page).not.toHaveURL(/verification=/);
      await field.fill(`${new URL(page.url()).origin}/verifications/${id}?queue=0f8e12ab-1234-4cd5-9e66-120000340056`);
      await field.press('Enter');
      await expect(page).toHaveURL(new RegExp(`verification=${id}$`));
      await page.goBack();
      await expect(page).not.toHaveURL(/verification=/);
    });
  });

  test.describe('read by an auditor, about itself', () => {
    test.use({ role: 'auditor' });

    test('names how it is signed, by which keys, and what is missing', async ({ page }) => {
      await page.goto('/settings/audit-log');
      await expect(page.getByText('Chain whole')).toBeVisible();
      await expect(page.getByText('Running')).toBeVisible();
      await expect(page.getByText(/[0-9a-f]{16} \(in use\): [0-9a-f]{64}/)).toBeVisible();
      await expectAccessibleInBothColours(page);
      const health = await (await page.request.get('/api/health')).json();
      expect(health.audit).toMatchObject({ signing: 'on', reason: null, appends: 'open' });
    });
  });

  test('raises an alarm on every screen while it is not signed, and takes it back', async ({ page }) => {
    const alarm = { id: 'a', severity: 'alarm', text: 'The audit log is no longer signed. Tell an administrator; you can go on working.' };
    const announcement = { id: 'b', severity: 'announcement', text: 'Dual control ends on Friday.', href: '/settings', linkText: 'Policy' };
    let notices: unknown[] = [announcement, alarm];
    await page.route('**/api/waiting', async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({ json: { ...answer, notices } });
    });
    for (const size of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      await page.goto('/verifications');
      await expect(page.getByRole('alert').getByText(alarm.text)).toBeVisible();
      await expect(page.getByRole('status').getByRole('link', { name: 'Policy' })).toBeVisible();
      // The screen is as high as the window: its end stays in view under the notices.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight))
        .toBeLessThanOrEqual(size.width > 640 ? 0 : 10_000);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      await expectAccessibleInBothColours(page);
    }
    notices = [];
    await page.getByRole('link', { name: 'Policy' }).click();
    await expect(page.getByRole('heading', { name: 'Policy' }).first()).toBeVisible();
    await expect(page.getByText(alarm.text)).toBeHidden();
  });

  test('is no page for an analyst', async ({ page }) => {
    expect((await page.goto('/audit'))?.status()).toBe(404);
    expect((await page.request.get('/api/audit')).status()).toBe(403);
  });
});
