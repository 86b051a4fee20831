import { test } from './fixtures';

const alarm = {
  id: 'a',
  severity: 'alarm',
  href: '/settings/audit-log',
  linkText: 'Signing of the audit log',
  text: 'The audit log takes no events. Event 132 was signed and is not in the database, which was restored from an older state or lost its newest events. Nothing can be recorded until an administrator restores a newer database or declares the loss with npm run audit:restored.',
};
const announcement = {
  id: 'b',
  severity: 'announcement',
  text: 'Dual control ends on Friday, 4 December 2026, 12:00.',
  href: '/settings',
  linkText: 'Policy',
};
test.use({ role: 'auditor' });
test('pictures', async ({ page }) => {
  await page.route('**/api/waiting', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, notices: [alarm, announcement] } });
  });
  await page.route('**/api/audit/verdict*', async (route) => {
    const answer = await (await route.fetch()).json();
    if (!page.url().includes('zz'))
      answer.state = { ...answer.state, signing: 'stopped', reason: alarm.text, since: Date.now() - 60000, open: false };
    answer.verdict.gaps = [{ from: 15, to: 20, seq: 15, at: '2026-11-30T05:00:00.000Z' }];
    answer.verdict.torn = [{ file: '2026-11.jsonl', line: 12 }];
    await route.fulfill({ json: answer });
  });
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      for (const path of ['/verifications', '/audit', '/settings/audit-log']) {
        await page.goto(path);
        await page.getByText('Dual control ends').waitFor();
        if (path !== '/verifications') await page.getByText('Signing stopped').waitFor();
        await page.waitForTimeout(500);
        await page.screenshot({ path: `/tmp/wt/pics/${path.replaceAll('/', '_')}-${width}-${colorScheme}.png` });
      }
    }
});
