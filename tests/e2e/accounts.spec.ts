import type { Browser, Page } from '@playwright/test';
import { agreeAs, expect, expectAccessibleInBothColours, test } from './fixtures';

const TEMPORARY = 'handed over in person';
const OWN = 'a password of my very own';

test.use({ role: 'admin' });

/** A page of a browser in which nobody is signed in; without `storageState` it would be the administrator's. */
async function stranger(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: { cookies: [], origins: [] } });
  return context.newPage();
}

async function signInAs(page: Page, email: string, password: string, path = '/verifications'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a password that somebody else set is changed before anything else, and one’s own at any time, by keyboard', async ({
  page,
  browser,
}) => {
  const added = await page.request.post('/api/users', {
    data: { email: 'zoé@bücher.example', name: 'Zoé Brandt', role: 'auditor', password: TEMPORARY, reason: 'Zoé audits us this year.' },
  });
  expect(added.status()).toBe(202);
  await agreeAs(browser, 'manager', 'Add Zoé Brandt');

  // Typed as some keyboards write it: decomposed, with the domain in Punycode.
  const own = await stranger(browser);
  await signInAs(own, 'zoe\u0301@xn--bcher-kva.example', TEMPORARY, '/audit?action=user.added');
  await expect(own.getByRole('heading', { name: 'Change your password' })).toBeVisible();
  await expectAccessibleInBothColours(own);
  await own.goto('/verifications');
  await expect(own.getByRole('heading', { name: 'Change your password' })).toBeVisible();
  const refused = await own.request.get('/api/me');
  expect([refused.status(), (await refused.json()).error.code]).toEqual([403, 'password-change-required']);

  await own.goto('/change-password?callbackUrl=%2Faudit');
  await expect(own.getByLabel('Current password')).toBeFocused();
  const type = async (current: string, next: string, again = next) => {
    for (const text of [current, next, again]) {
      await own.keyboard.press('ControlOrMeta+a');
      await own.keyboard.type(text);
      await own.keyboard.press('Tab');
    }
  };
  await type(TEMPORARY, OWN, `${OWN}s`);
  await own.keyboard.press('Enter');
  await own.getByRole('button', { name: 'Change password' }).press('Enter');
  await expect(own.getByRole('alert').filter({ hasText: 'differ' })).toBeVisible();
  await own.getByLabel('Current password').focus();
  await type(TEMPORARY, OWN);
  await own.getByRole('button', { name: 'Change password' }).press('Enter');
  await own.waitForURL('**/audit');
  await expect(own.getByRole('heading', { name: /Audit/ }).first()).toBeVisible();

  await own.getByRole('button', { name: /^Signed in as Zoé Brandt/ }).press('Enter');
  await own.getByRole('button', { name: 'Change password' }).press('Enter');
  const dialog = own.getByRole('dialog', { name: 'Change your password' });
  await expect(dialog.getByLabel('Current password')).toBeFocused();
  await expectAccessibleInBothColours(own, { within: 'dialog[open]' });
  await type('not my password at all', `${OWN} too`);
  await own.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog.getByRole('alert')).toContainText('The current password is wrong');
  await dialog.getByLabel('Current password').focus();
  await type(OWN, `${OWN} too`);
  await own.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toBeHidden();
  await expect(own.getByText('Your password is changed.').first()).toBeAttached();
  expect((await own.request.get('/api/me')).status()).toBe(200);
});

test('an account that has to change its password can sign out instead', async ({ page, browser }) => {
  const data = { email: 'out@example.test', name: 'Ola Ude', role: 'auditor', password: TEMPORARY, reason: 'Ola audits us this year.' };
  await page.request.post('/api/users', { data });
  await agreeAs(browser, 'manager', 'Add Ola Ude');
  const other = await stranger(browser);
  await signInAs(other, 'out@example.test', TEMPORARY);
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.waitForURL('**/sign-in');
  await page.goto('/settings/users');
  await expect(page.getByRole('listitem').filter({ hasText: 'out@example.test' })).toContainText('must change password');
});
