import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectNotices } from '@/app/notices/collect-notices';
import { checkpointFolder } from '@/lib/audit/checkpoint-files';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { keepComparison } from '@/lib/audit/folder-marks';
import { lastComparison } from '@/lib/audit/last-comparison';
import { logHealth } from '@/lib/audit/log-health';
import { reconcileNow } from '@/lib/audit/reconcile-now';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { RowsVerdict } from '@/lib/domain/row-difference';
import { auditTasks } from '@/lib/jobs/audit-tasks';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let ana: Actor;
beforeAll(async () => {
  database = await testDatabase();
  ana = await person('Ana', 'analyst');
  await checkpointNow();
});
afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

const HOUR_MS = 3_600_000;
const texts = async () => (await collectNotices(ana)).map(({ text }) => text);
const differing = async (): Promise<RowsVerdict> => ({
  first: { seq: null, table: 'record', id: '7', fault: 'not-as-sent' },
  differences: 1,
});
const same = async (): Promise<RowsVerdict> => ({ first: null, differences: 0 });

test('an alarm outlives what the owner of the tables writes over it, until a comparison finds nothing', async () => {
  await reconcileNow(differing);
  const alarm = [expect.stringContaining('The record 7 is not what the text of the record')];
  expect(await texts()).toEqual(alarm);
  await db().$executeRaw`UPDATE console.reconciliation SET differences = 0, sentence = NULL, at = now()`;
  expect(await texts()).toEqual(alarm);
  await db().$executeRaw`DELETE FROM console.reconciliation`;
  expect(await texts()).toEqual(alarm);
  expect(await logHealth()).toMatchObject({ compared: { differences: 1 } });
  await reconcileNow(same);
  expect(await texts()).toEqual([]);
  writeFileSync(join(checkpointFolder(), 'compared.json'), '{');
  expect((await texts())[0]).toContain('compared.json in the folder of the signed heads cannot be read.');
});

test('a comparison of more than 26 hours ago is an alarm, whatever time the table gives, and the next start compares', async () => {
  await reconcileNow(same);
  const now = Date.now();
  expect((await lastComparison(now + 25 * HOUR_MS)).isLate).toBe(false);
  expect((await lastComparison(now + 27 * HOUR_MS)).isLate).toBe(true);
  keepComparison({ at: new Date(now - 27 * HOUR_MS).toISOString(), differences: 0, sentence: null });
  await db().$executeRaw`UPDATE console.reconciliation SET at = now()`;
  expect(await texts()).toEqual([expect.stringContaining('was not compared with the audit log for more than a day')]);
  const start = auditTasks().find(({ name }) => name === 'audit.reconcile-at-start');
  await start?.run(new AbortController().signal);
  expect(await texts()).toEqual([]);
});
