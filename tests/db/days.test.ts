import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { readAuditPage } from '@/lib/audit/read-page';
import { readingReport } from '@/lib/audit/reading-report';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { parseAuditFilter } from '@/lib/domain/audit-query';
import { addDays, dayBounds, today } from '@/lib/domain/calendar-day';
import type { ExportInput } from '@/lib/domain/export';
import { parseReadingFilter } from '@/lib/domain/reading-query';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { countRows } from '@/lib/export/count-rows';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { searchRecords } from '@/lib/mirror/search';
import { nextCase } from '@/lib/review/next-case';
import { runBatch } from '@/lib/review/run-batch';
import { savedViews, saveView } from '@/lib/review/saved-views';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { unzip } from '../helpers/unzip';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A zone in which the present day is another one than in UTC, whatever the hour. */
const ZONE = new Date().getUTCHours() >= 10 ? 'Pacific/Kiritimati' : 'Pacific/Niue';
const DAY = today({ zone: ZONE, now: Date.now() });
const DAY_IN_UTC = new Date().toISOString().slice(0, 10);

let database: TestDatabase;
let folder: string;
let [auditor, manager]: Actor[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-days-'));
  database = await testDatabase();
  Object.assign(process.env, { DATA_DIR: folder, TIME_ZONE: ZONE });
  [auditor, manager] = [await person('Audra', 'auditor'), await person('Marek', 'manager')];
  const { from, before } = dayBounds(DAY, ZONE);
  const week = dayBounds(addDays(DAY, -6), ZONE).from;
  for (const [id, at] of Object.entries({ 1: week - 1, 2: week, 3: from - 1, 4: from, 5: before - 1, 6: before }))
    await received(Number(id), at);
});

afterEach(() => vi.useRealTimers());

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function received(id: number, at: number): Promise<void> {
  const record = { verificationId: id, verified: false };
  await db().$executeRaw`
    INSERT INTO console.record (verification_id, machine_result, received_at, model, id_file_name, id_file_type, selfie_file_name,
      selfie_file_type, findings, raw, snapshot_hash)
    VALUES (${BigInt(id)}, 'NOT_VERIFIED', ${new Date(at)}, 'm', 'id.jpg', 'image/jpeg', 'selfie.jpg', 'image/jpeg', '{}',
      ${JSON.stringify(record)}, ${snapshotHash(record)})`;
}

const known = (actor: Actor | undefined): Actor => actor ?? expect.fail('nobody');
const params = (query: string) => new URLSearchParams(query);

async function found(query: string): Promise<number[]> {
  const { records } = await searchRecords(known(manager), parseSearchQuery(params(`${query}&sortBy=verificationId&direction=asc`)));
  return records.map(({ id }) => id);
}

async function exported(input: ExportInput) {
  const { export: begun, done } = await createExport(known(auditor), input, (fault) => expect.fail(String(fault)));
  await done;
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await openExport(known(auditor), begun.id, { range: null, ifRange: null })).body) chunks.push(chunk);
  const files = unzip(Buffer.concat(chunks));
  const lines = (name: string) => (files.get(name)?.toString() ?? '').split('\r\n').slice(1, -1);
  return { query: begun.query, lines, manifest: JSON.parse(files.get('manifest.json')?.toString() ?? '{}') };
}

test('the grid, an export of the population and its count hold the same whole day of the organisation', async () => {
  const day = `from=${DAY}&to=${DAY}`;
  expect(await found(day)).toEqual([4, 5]);
  expect(await countRows(known(auditor), { kind: 'population', format: 'csv', query: day })).toBe(2);
  const { lines, manifest } = await exported({ kind: 'population', format: 'csv', query: day });
  expect(lines('population.csv').map((line) => line.split(',')[0])).toEqual(['4', '5']);
  const [from, before] = Object.values(dayBounds(DAY, ZONE)).map((at) => new Date(at).toISOString());
  expect(manifest.filter).toMatchObject({ timeZone: ZONE, moments: { received: { from, before } } });
});

test('the audit log, its export and the reading report put what happens now on the present day of the organisation', async () => {
  const note = { action: 'note.added', subject: 'verification:4', data: { noteId: 'today', text: 'Seen today.' } } as const;
  await db().$transaction((tx) => appendAuditEvent(tx, known(manager), note));
  const view = { action: 'case.viewed', subject: 'verification:4', data: {} } as const;
  await db().$transaction((tx) => appendAuditEvent(tx, known(manager), view));
  const logged = async (day: string) =>
    (await readAuditPage(known(auditor), parseAuditFilter(params(`action=note.added&from=${day}&to=${day}`)), null)).events.length;
  const read = async (day: string) =>
    (await readingReport(known(auditor), parseReadingFilter(params(`verification=4&from=${day}&to=${day}`)), null)).counts?.events;
  const query = (day: string) => `action=note.added&from=${day}&to=${day}`;
  const written = async (day: string) => (await exported({ kind: 'audit-log', format: 'csv', query: query(day) })).lines('audit-log.csv');
  expect([await logged(DAY), await read(DAY), (await written(DAY)).length]).toEqual([1, 1, 1]);
  expect([await logged('today'), await read('today')]).toEqual([1, 1]);
  expect([await logged(DAY_IN_UTC), await read(DAY_IN_UTC), (await written(DAY_IN_UTC)).length]).toEqual([0, 0, 0]);
});

test('the last seven days of a saved view are counted anew at each opening, in the grid and as a queue', async () => {
  const { view } = await saveView(known(manager), { name: 'Week', query: 'from=today-6', shared: false, defaultFor: null, slaHours: null });
  const stored = async () => (await savedViews(known(manager))).find(({ id }) => id === view.id)?.query ?? '';
  expect(await found(await stored())).toEqual([2, 3, 4, 5, 6]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DAY_MS });
  expect(await found(await stored())).toEqual([3, 4, 5, 6]);
  vi.setSystemTime(Date.now() + 5 * DAY_MS);
  expect(await found(await stored())).toEqual([4, 5, 6]);
  expect(await stored()).toBe('from=today-6');
  expect((await nextCase(known(manager), { viewId: view.id })).verificationId).toBe(4);
});

test('what is kept of one day’s question names the days it meant: an export, its event and a bulk action', async () => {
  const { query, lines } = await exported({ kind: 'population', format: 'csv', query: 'from=today&to=today' });
  expect(query).toBe(`from=${DAY}&to=${DAY}`);
  expect(lines('population.csv')).toHaveLength(2);
  const batch = await runBatch(
    known(manager),
    { verb: 'escalate', reason: 'Everything of one day.', query: 'from=today-6&to=today-1' },
    'key-of-days',
  );
  expect(batch.batch.query).toBe(`from=${addDays(DAY, -6)}&to=${addDays(DAY, -1)}`);
  expect([...batch.batch.succeeded].toSorted()).toEqual([2, 3]);
});
