import { expect, test } from '@playwright/test';
import { ROLES } from '@/lib/domain/roles';
import { signedInState, signIn } from './fixtures';

for (const role of ROLES) {
  test(`the demo ${role} signs in with the password of the settings`, async ({ page }) => {
    await signIn(page, role);
    await page.context().storageState({ path: signedInState(role) });
  });
}

test('up posts at least 120 demo records through the real API', async ({ playwright, baseURL }) => {
  test.setTimeout(5 * 60_000);
  const analyst = await playwright.request.newContext({ baseURL, storageState: signedInState('analyst') });
  await expect
    .poll(async () => (await (await analyst.get('/api/verifications?limit=1')).json()).totalCount, {
      timeout: 5 * 60_000,
      intervals: [1000],
    })
    .toBeGreaterThanOrEqual(120);
  await analyst.dispose();
});
