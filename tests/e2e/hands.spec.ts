import type { CDPSession, Page } from '@playwright/test';
import { expect, expectAccessible, intercept, listRecords, pageOf, test } from './fixtures';

// Scripts alone: what a page looks like comes from the same folder.
const CHUNKS = '**/_next/static/chunks/**/*.js';

/** Failed records from the middle: other specs take theirs from the ends. */
async function failedId(page: Page, place: number): Promise<number> {
  const { data } = await listRecords(page);
  return data.filter(({ verified }) => !verified).at(Math.floor(data.length / 4) + place)?.verificationId ?? 0;
}

/** Presses a key of another layout: what it types, and where it lies. */
async function pressPlace(cdp: CDPSession, key: string, code: string, modifiers = 0): Promise<void> {
  const virtual = /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.charCodeAt(0) ?? (code === 'Enter' ? 13 : 0);
  const event = { key, code, modifiers, windowsVirtualKeyCode: virtual };
  const types = key.length === 1 && modifiers !== 2;
  await cdp.send('Input.dispatchKeyEvent', { ...event, type: types ? 'keyDown' : 'rawKeyDown', ...(types && { text: key }) });
  await cdp.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' });
}

test('a Cyrillic keyboard decides a case, an input method sends nothing, a long paste is kept, and a key can be changed', async ({
  page,
}) => {
  const cdp = await page.context().newCDPSession(page);
  const sent: string[] = [];
  page.on('request', (request) => request.url().endsWith('/decisions') && sent.push(request.method()));
  const id = await failedId(page, 0);
  const decline = page.getByRole('region', { name: 'Decision and notes' }).getByRole('button', { name: 'Decline' });
  const rationale = page.getByRole('textbox', { name: 'Rationale' });

  await test.step('keys pressed while the scripts of the page are on their way are kept until it can obey them', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(CHUNKS, (route) => released.then(() => route.continue()));
    await page.goto(`/verifications/${id}`, { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { level: 1, name: `Verification ${id}` })).toBeVisible();
    await pressPlace(cdp, 'в', 'KeyD');
    release();
    await expect(decline.first()).toHaveAttribute('aria-pressed', 'true');
    await pressPlace(cdp, '&', 'Digit1');
    await expect(page.getByRole('group', { name: 'Reasons' }).getByRole('button').first()).toHaveAttribute('aria-pressed', 'true');
    await pressPlace(cdp, 'е', 'KeyT');
    await expect(rationale).toBeFocused();
    await expect(rationale).toHaveValue('');
    await pressPlace(cdp, 'л', 'KeyK', 2);
    await expect(page.getByRole('combobox', { name: 'Id, address, customer, view or action' })).toBeFocused();
    await page.keyboard.press('Escape');
  });

  await test.step('Enter with Ctrl while composing belongs to the input method', async () => {
    await rationale.focus();
    await cdp.send('Input.imeSetComposition', { text: 'にほんごのぶんしょう', selectionStart: 10, selectionEnd: 10 });
    await pressPlace(cdp, 'Enter', 'Enter', 2);
    await cdp.send('Input.insertText', { text: '日本語の長い文章です' });
    await expect(rationale).toHaveValue(/日本語の長い文章です$/);
    expect(sent).toEqual([]);
  });

  await test.step('a pasted picture and 6,000 characters are said, and no letter is cut off', async () => {
    await rationale.evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(9)], 'face.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(page.getByText('A file or picture cannot be attached here. Nothing was added; your text is kept.')).toBeVisible();
    await rationale.fill('x'.repeat(6000));
    await expect(
      page.getByText('6,000 characters; at most 4,000 can be saved. All of it is kept here: shorten it by 2,000.'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Confirm: decline/ })).toBeDisabled();
    await rationale.press('Control+Enter');
    const kept = () => page.evaluate(() => JSON.stringify(localStorage));
    const before = await kept();
    await rationale.fill('A reopened draft');
    await expect.poll(kept).not.toBe(before);
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(rationale).toHaveValue('A reopened draft');
    await page.locator('body').press('t');
    await page.keyboard.type(' is written on at its end');
    await expect(rationale).toHaveValue('A reopened draft is written on at its end');
    expect(sent).toEqual([]);
  });

  await test.step('another key is chosen with the keyboard alone; a conflict is refused', async () => {
    await page.goto('/settings/keyboard');
    const key = page.getByRole('region', { name: 'Case', exact: true }).getByRole('button', { name: /^Decline:/ });
    await key.press('Enter');
    await key.press('a');
    await expect(page.getByText('"Approve" and "Decline" would have the same key.')).toBeVisible();
    await key.press('Enter');
    await key.press('Shift+G');
    await expect(page.getByText('"Decline" is now Shift G.')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/verifications/${await failedId(page, 1)}`);
    await expect(decline).toContainText('Shift G');
    await page.keyboard.press('Shift+G');
    await expect(decline.first()).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText(/DeclineShift G/);
    await expectAccessible(page, { within: 'dialog[open]' });
  });
});

test.afterEach(async ({ page }) => {
  await page.request.put('/api/me/keys', { data: { bindings: [] } });
});

/** Does to the document what the translator of a browser does: every text lies in two `font` elements. */
async function translate(page: Page, within = 'body', what: 'texts' | 'rows' = 'texts'): Promise<void> {
  await page.locator(within).evaluate((root, wanted) => {
    const found: ChildNode[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (wanted === 'texts' && walker.nextNode()) {
      const { currentNode } = walker;
      if (currentNode instanceof Text && currentNode.data.trim() !== '' && !currentNode.parentElement?.closest('script,style,textarea'))
        found.push(currentNode);
    }
    if (wanted === 'rows') found.push(...root.querySelectorAll('li'));
    for (const node of found) {
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      node.replaceWith(outer);
      outer.append(inner);
      inner.append(node);
    }
  }, what);
}

test('a page that a translator rewrote under the console repairs itself and keeps what is typed', async ({ page, browser }) => {
  await page.goto(`/verifications/${await failedId(page, 2)}`);
  await expect(page.locator('html[lang="en"][translate="no"]')).toHaveCount(1);
  const rationale = page.getByRole('textbox', { name: 'Rationale' });
  await page.keyboard.press('d');
  await rationale.fill('Ears and nose differ');
  await translate(page);
  // The fifth reason puts a sentence before another one: React looks for a text that is no longer where it was.
  const reason = (place: number) => page.getByRole('group', { name: 'Reasons' }).getByRole('button').nth(place);
  for (const place of [0, 1, 2, 3]) await reason(place).click();
  // The click that meets the changed document may go with it; the next one is obeyed.
  await expect(async () => {
    if ((await reason(4).getAttribute('aria-pressed')) !== 'true') await reason(4).click();
    await expect(page.getByText('Five reasons at most.')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(rationale).toHaveValue('Ears and nose differ');
  await expect(page.getByText('This page broke')).toHaveCount(0);

  await page.goto('/verifications/new');
  await page.getByLabel('Value of tag 1').fill('typed before');
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await page.keyboard.type('second');
  await expect(page.getByLabel('Name of tag 2')).toHaveValue('second');
  await translate(page, 'form', 'rows');
  await page.getByRole('button', { name: 'Remove tag 2' }).click();
  await expect(page.getByLabel('Name of tag 2')).toHaveCount(0);
  await expect(page.getByLabel('Value of tag 1')).toHaveValue('typed before');

  const audit = await pageOf(browser, 'auditor', '/audit');
  const cdp = await audit.context().newCDPSession(audit);
  const who = audit.getByLabel('Who');
  await who.focus();
  await cdp.send('Input.imeSetComposition', { text: 'あな', selectionStart: 2, selectionEnd: 2 });
  await pressPlace(cdp, 'Enter', 'Enter');
  await expect(who).toBeFocused();
  await expect(audit).toHaveURL(/\/audit$/);
  await audit.context().close();
});

test('what does not load is said where it belongs and tried again: a part of the page, a case, a newer version', async ({
  page,
  context,
}) => {
  await page.goto('/verifications');
  const rows = page.locator('[data-case]');
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press('j');

  await test.step('a dialog whose code does not come keeps what is typed for it', async () => {
    await intercept(page, CHUNKS, (route) => route.abort());
    await page.keyboard.press('Control+k');
    await page.keyboard.type('new ver');
    await expect(page.getByRole('heading', { name: 'The palette did not load' })).toBeVisible();
    await expect(page.getByText('What you typed is kept.')).toBeVisible();
    await page.unroute(CHUNKS);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('combobox', { name: 'Id, address, customer, view or action' })).toHaveValue('new ver');
    await expect(rows.first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a case that cannot be reached leaves the list where it is, and opens once the network is back', async () => {
    const grid = page.url();
    await context.setOffline(true);
    await page.keyboard.press('Enter');
    await expect(page.getByText('The page did not load: the console cannot be reached')).toBeVisible();
    await expect(rows.first()).toBeVisible();
    expect(page.url()).toBe(grid);
    await context.setOffline(false);
    await expect(page.getByRole('heading', { level: 1, name: /^Verification \d+/ })).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a tab older than its server says so, and loads anew once nothing is typed', async () => {
    await page.clock.install();
    await page.route('**/api/waiting', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), version: 'another' } });
    });
    await page.goto('/verifications/new');
    await page.getByLabel('Value of tag 1').fill('typed');
    await page.clock.runFor(1_000);
    await expect(page.getByText('The console was updated')).toBeVisible();
    await page.clock.runFor(30_000);
    await expect(page.getByText('Save or clear what you typed')).toBeVisible();
    await page.getByLabel('Value of tag 1').fill('');
    const loaded = page.waitForEvent('load');
    await page.clock.runFor(30_000);
    await loaded;
  });
});
