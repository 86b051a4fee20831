import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import { expect, expectAccessibleInBothColours, shownNow, signedInState } from './fixtures';
import { hasPictures, openCase, rail, test } from './picture-console';

const ID = 91_001;
const SIZE = { width: 640, height: 480 };

/** Pictures of what was tested, for people to look at, where a folder for them is named. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.RECORD_SHOTS;
  if (!folder) return;
  for (const [size, viewport] of [
    ['1440', { width: 1440, height: 900 }],
    ['390', { width: 390, height: 844 }],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a record replaced after a proposal is told apart on the case page and in the approvals, where nobody can agree any more', async ({
  page,
  browser,
  made,
}) => {
  const faces = { id: [wireFace(1, 200, 220, 140)], face: [wireFace(1, 320, 240, 200)] };
  const pictures = { id: await markedPicture(SIZE, faces.id), face: await markedPicture(SIZE, faces.face) };
  const tags = [{ name: 'customerId', value: '9999' }];
  made.upstream.add({ id: ID, pictures, faces, record: { tags } });
  const shown = await shownNow(page.request, ID, made.url);
  const proposed = await page.request.post(`${made.url}/api/verifications/${ID}/decisions`, {
    headers: { 'idempotency-key': 'record-changed' },
    data: {
      version: 0,
      outcome: 'APPROVED',
      reasonCodes: ['FALSE_REJECT_QUALITY'],
      rationale: 'Same ears and nose, only the light differs.',
      shown,
    },
  });
  expect(proposed.status()).toBe(201);
  const { decision } = await proposed.json();

  const moved = { id: [wireFace(1, 230, 220, 140)], face: faces.face };
  made.upstream.add({
    id: ID,
    pictures,
    faces: moved,
    record: { verified: true, tags: [{ name: 'customerId', value: '9999\u202e0001' }], riskScore: 7 },
  });
  const manager = await browser.newContext({ storageState: signedInState('manager'), viewport: { width: 1440, height: 900 } });
  const second = await manager.newPage();
  const agreed = await second.request.post(`${made.url}/api/verifications/${ID}/approval`, {
    headers: { 'idempotency-key': 'agree' },
    data: { decisionId: decision.id, agrees: true, comment: '' },
  });
  expect([agreed.status(), (await agreed.json()).error.code]).toEqual([409, 'record-changed']);

  await openCase(second, made, ID);
  await hasPictures(second);
  const banner = second.getByRole('alert').filter({ hasText: 'The record changed after this decision' });
  await expect(banner).toContainText('The decision was an override and now agrees with the automated result.');
  await expect(banner).toContainText(/Automated result\s*Not verified → Verified/);
  await expect(banner).toContainText(/Tag customerId\s*9999 → 9999\[U\+202E\]0001/);
  await expect(banner).toContainText('Faces on the ID document');
  await expect(rail(second)).toContainText('record changed after decision');
  await expectAccessibleInBothColours(second);
  await shoot(second, 'case');

  await second.goto(`${made.url}/approvals`);
  await expect(second.getByRole('link', { name: new RegExp(`^${ID}\\b`) })).toContainText('record changed since');
  await expect(second.getByText('The upstream replaced or lost the record of')).toBeVisible();
  await shoot(second, 'approvals');
  await second.getByRole('link', { name: new RegExp(`^${ID}\\b`) }).click();
  const proposal = second.getByRole('region', { name: 'Waiting for a second reviewer' });
  await expect(proposal).toContainText('nobody can agree to it');
  await expect(proposal.getByRole('button', { name: 'Agree', exact: false })).toHaveText([/Disagree/]);
  await hasPictures(second);
  await expectAccessibleInBothColours(second);
  await shoot(second, 'approval');
  await second.keyboard.press('y');
  await expect(proposal.getByLabel('Comment')).toHaveCount(0);
  await second.keyboard.press('w');
  await proposal.getByLabel('Comment').fill('The record is another one than the one this was decided on.');
  await second.keyboard.press('Control+Enter');
  // The next proposal may take its place in the region.
  await expect(second.getByRole('link', { name: new RegExp(`^${ID}\\b`) })).toHaveCount(0, { timeout: 30_000 });
  await manager.close();
});
