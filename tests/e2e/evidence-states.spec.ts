import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { markedPicture, wireFace } from '../helpers/marked-picture';
import type { PictureCase } from '../helpers/picture-upstream';
import { expect, expectAccessibleInBothColours } from './fixtures';
import { hasPictures, openCase, rail, stage, test } from './picture-console';

const FACE = wireFace(1, 320, 300, 200);
const SIZE = { width: 640, height: 600 };
const LENGTH = 40_000;

/** A picture with its face somewhere, always of the same length: what follows a JPEG's end is not looked at. */
async function pictureWith(across: number): Promise<Buffer> {
  const jpeg = await markedPicture(SIZE, [wireFace(1, 320, 300, across)]);
  return Buffer.concat([jpeg, Buffer.alloc(LENGTH - jpeg.length)]);
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const files = (page: Page) => rail(page).getByRole('region', { name: 'Files' });
const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'The evidence is not what it was' });

async function caseOf(id: number): Promise<{ made: PictureCase; other: Buffer }> {
  const pictures = { id: await pictureWith(200), face: await pictureWith(180) };
  return { made: { id, pictures, faces: { id: [FACE], face: [FACE] } }, other: await pictureWith(120) };
}

test('a file that changed between two openings differs at first sight, and a decision on what is no longer there is kept back', async ({
  page,
  made,
}) => {
  const { made: record, other } = await caseOf(9_500_001);
  const { upstream } = made;
  upstream.add(record);
  await openCase(page, made, record.id);
  await hasPictures(page);
  await expect(files(page).getByText('same as first seen')).toHaveCount(2);

  await test.step('a decision on a file that changed since it was opened is refused, and its draft kept', async () => {
    upstream.add({ ...record, pictures: { ...record.pictures, id: other } });
    await page.keyboard.press('d');
    const decision = page.getByRole('region', { name: /^Declined: reasons/ });
    await page.getByRole('button', { name: /Faces differ/ }).click();
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'Rationale' }).fill('Another person, I am sure.');
    await page.keyboard.press('Control+Enter');
    // The record may state the size of the other file by then, and is another one as well.
    await expect(decision.getByText(/is not the one you were shown|replaced the record after it was shown to you/)).toBeVisible();
    await expect(banner(page)).toBeVisible();
    await expect(stage(page, 'ID document').getByText('differs')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Rationale' })).toHaveValue('Another person, I am sure.');
    await expect(decision.getByText('Check the evidence before you confirm')).toBeVisible();
    await expectAccessibleInBothColours(page);
  });

  await test.step('the difference is there at the next opening, before anything else', async () => {
    await page.reload();
    await expect(banner(page)).toContainText('no longer holds the bytes it held when it was first seen here');
    await hasPictures(page);
    await expect(files(page).getByText('differs')).toBeVisible();
  });

  await test.step('who was shown the difference may decide, on the bytes that are there', async () => {
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'Rationale' }).fill('Another person, I am sure of it.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('region', { name: 'Decision and notes' })).toContainText('by you');
    const { review } = await (await page.request.get(`${made.url}/api/verifications/${record.id}/review`)).json();
    expect(review.decisions).toMatchObject([{ idSha256: sha(other), selfieSha256: sha(record.pictures.face) }]);
  });
});

test('a lost file says so with the time of the last check, and a difference is acknowledged once the original bytes are back', async ({
  page,
  made,
}) => {
  const { made: record, other } = await caseOf(9_500_003);
  const { upstream } = made;
  upstream.add(record);
  await openCase(page, made, record.id);
  await hasPictures(page);
  await expect(files(page).getByText('same as first seen')).toHaveCount(2);

  await test.step('lost, and back', async () => {
    upstream.add({ ...record, faults: { face: 410 } });
    await files(page).getByRole('button', { name: 'Check now' }).click();
    await expect(files(page).getByText('The verification service returned HTTP 410')).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'A file cannot be read' })).toBeVisible();
    await expect(files(page).getByText(/^checked today \d\d:\d\d/)).toBeVisible();
    upstream.add(record);
    await files(page).getByRole('button', { name: 'Check now' }).click();
    await expect(files(page).getByText('same as first seen')).toHaveCount(2);
  });

  await test.step('other bytes for a time, acknowledged', async () => {
    upstream.add({ ...record, pictures: { ...record.pictures, id: other } });
    await files(page).getByRole('button', { name: 'Check now' }).click();
    await expect(banner(page)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Acknowledge difference' })).toHaveCount(0);
    upstream.add(record);
    await files(page).getByRole('button', { name: 'Check now' }).click();
    const over = page.getByRole('status').filter({ hasText: 'A file held other bytes for a time' });
    await expect(over).toContainText(/held other bytes between .* and .*, and now holds its original bytes again/);
    await over.getByRole('button', { name: 'Acknowledge difference' }).click();
    await over.getByRole('textbox').fill('The service restored it from a backup.');
    await expectAccessibleInBothColours(page);
    await over.getByRole('button', { name: 'Acknowledge difference' }).click();
    await expect(over).toHaveCount(0);
    await expect(
      files(page).getByText(/held other bytes from .* to .*acknowledged by .*: The service restored it from a backup/),
    ).toBeVisible();
  });

  await test.step('a lost file is decided on only by a reviewer who confirms that it was not compared, and the decision says so', async () => {
    upstream.add({ ...record, faults: { face: 410 } });
    await files(page).getByRole('button', { name: 'Check now' }).click();
    await expect(files(page).getByText('The verification service returned HTTP 410')).toBeVisible();
    await page.keyboard.press('d');
    const decision = page.getByRole('region', { name: /^Declined: reasons/ });
    await decision.getByRole('button', { name: /Faces differ/ }).click();
    await page.getByRole('button', { name: /^Confirm: decline/ }).click();
    const confirm = decision.getByRole('checkbox', { name: /^The selfie could not be compared/ });
    await expect(confirm).toBeVisible();
    await expectAccessibleInBothColours(page);
    await confirm.check();
    await page.getByRole('button', { name: /^Confirm: decline/ }).click();
    const decisions = rail(page).getByRole('region', { name: 'Decisions' });
    await expect(decisions.getByText('Decided without a comparison of the selfie')).toBeVisible();
    const { review } = await (await page.request.get(`${made.url}/api/verifications/${record.id}/review`)).json();
    expect(review.decisions).toMatchObject([{ unchecked: ['face'] }]);
  });

  await page.setViewportSize({ width: 390, height: 844 });
  upstream.add({ ...record, pictures: { ...record.pictures, id: other } });
  await page.reload();
  await expect(banner(page)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
