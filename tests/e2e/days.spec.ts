import { expect, expectAccessible, test } from './fixtures';

test.use({ timezoneId: 'Asia/Kathmandu' });

test('in a browser of another zone the days of a filter and the times are the organisation’s and say so, and recent days stay relative', async ({
  page,
}) => {
  await page.goto('/verifications?source=index');
  await expect(page.getByRole('columnheader', { name: 'Received (UTC)' })).toBeVisible();
  await page.getByRole('button', { name: 'Filter by Received' }).click();
  await expect(page.getByText('Received, days in UTC')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Last 7 days' }).click();
  await expect(page).toHaveURL(/[?&]from=today-6(&|$)/);
  await page.reload();
  await page.getByRole('button', { name: 'Received last 7 days (UTC): change' }).click();
  // A day chosen beside it does not turn the relative one into a date.
  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel('Last day').fill(today);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`from=today-6&to=${today}`));
});
