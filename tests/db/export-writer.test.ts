import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { cancelExport } from '@/lib/export/cancel-export';
import { type BegunExport, createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';
import { WriterLost } from '@/lib/export/writer-process';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { result as sample } from '../fixtures/upstream/sample.json';
import { fillIndex, person } from '../helpers/desk';
import { holdPopulations, writersOf } from '../helpers/export-writer';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { unzip } from '../helpers/unzip';

const POPULATION: ExportInput = { kind: 'population', format: 'csv', query: '' };
const RECORDS = 3;

let database: TestDatabase;
let folder: string;
let [auditor, boss]: Actor[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-writer-'));
  database = await testDatabase();
  process.env.DATA_DIR = folder;
  [auditor, boss] = [await person('Audra', 'auditor'), await person('Marek', 'manager')];
  await fillIndex(1, RECORDS);
  for (let id = 1; id <= RECORDS; id += 1) {
    const record = { ...sample, verificationId: id, verified: false };
    const data = { raw: JSON.stringify(record), snapshotHash: snapshotHash(record) };
    await db().record.update({ where: { verificationId: BigInt(id) }, data });
  }
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function begin(by: Actor | undefined, input = POPULATION): Promise<BegunExport> {
  if (!by) throw new Error('nobody');
  return createExport(by, input, (fault) => faults.push(fault));
}

function state({ export: { id } }: BegunExport) {
  if (!auditor) throw new Error('nobody');
  return readExport(auditor, id);
}

const bytesOf = ({ export: { id } }: BegunExport) => readdirSync(join(folder, 'exports')).filter((name) => name.startsWith(id));

async function lines(begun: BegunExport, name: string): Promise<number> {
  await begun.done;
  expect(await state(begun)).toMatchObject({ state: 'READY', failure: null });
  const file = unzip(readFileSync(join(folder, 'exports', `${begun.export.id}.zip`))).get(name);
  return (file?.toString().split('\n').length ?? 0) - 1;
}

async function drained(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _chunk of body);
}

describe('the process that writes exports', () => {
  test('writes several at once, those of several people and kinds, and stays for the next', async () => {
    const held = await holdPopulations(database.url);
    const begun = [await begin(auditor), await begin(boss)];
    await held.until(2);
    const log = await begin(boss, { kind: 'audit-log', format: 'jsonl', query: '' });
    expect(await lines(log, 'audit-log.jsonl')).toBe((await state(log)).headSeq);
    const writers = writersOf(process.pid);
    expect(writers).toHaveLength(1);
    await held.release();
    for (const one of begun) expect(await lines(one, 'population.csv')).toBe(RECORDS + 1);
    expect(await lines(await begin(auditor), 'population.csv')).toBe(RECORDS + 1);
    expect(writersOf(process.pid)).toEqual(writers);
    expect(faults).toEqual([]);
  });

  test('killed while it writes, leaves no bytes and one sentence in the list, and what was sent along breaks; the next gets another', async () => {
    const held = await holdPopulations(database.url);
    const begun = await begin(auditor);
    await held.until(1);
    expect(bytesOf(begun)).toEqual([`${begun.export.id}.partial`]);
    if (!auditor) throw new Error('nobody');
    const { body } = await openExport(auditor, begun.export.id, { range: null, ifRange: null });
    const broken = expect(drained(body)).rejects.toThrow(/FAILED/);
    const [writer = 0] = writersOf(process.pid);
    process.kill(writer, 'SIGKILL');
    await Promise.all([begun.done, broken]);
    expect(await state(begun)).toMatchObject({
      state: 'FAILED',
      failure: 'The process that wrote it ended before it was done. Ask again.',
    });
    expect(bytesOf(begun)).toEqual([]);
    expect(faults.splice(0)).toEqual([expect.any(WriterLost)]);
    await held.release();
    expect(await lines(await begin(auditor), 'population.csv')).toBe(RECORDS + 1);
    expect(writersOf(process.pid)).not.toContain(writer);
  });

  test('hears of a cancelled export while the database keeps it waiting, removes the bytes and lives on', async () => {
    const held = await holdPopulations(database.url);
    const writers = writersOf(process.pid);
    const begun = await begin(auditor);
    await held.until(1);
    if (!auditor) throw new Error('nobody');
    await cancelExport(auditor, begun.export.id);
    await begun.done;
    expect(await state(begun)).toMatchObject({ state: 'CANCELLED' });
    expect(bytesOf(begun)).toEqual([]);
    expect(faults).toEqual([]);
    await held.release();
    expect(await lines(await begin(auditor), 'population.csv')).toBe(RECORDS + 1);
    expect(writersOf(process.pid)).toEqual(writers);
  });

  test('ends with its console, even when that is killed', async () => {
    const held = await holdPopulations(database.url);
    const console = exportingConsole();
    const ended = once(console, 'exit');
    await Promise.race([held.until(1), ended.then(([code]) => Promise.reject(new Error(`It ended by itself: ${code}.`)))]);
    const [writer = 0] = writersOf(console.pid ?? 0);
    console.kill('SIGKILL');
    await ended;
    while (isRunning(writer)) await wait(10);
    await held.release();
  });
});

function exportingConsole(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'tests/helpers/exporting-process.ts', randomUUID()], { stdio: 'inherit' });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
