import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput, TableFormat } from '@/lib/domain/export';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { CELL_MAX, type CellValue } from '@/lib/export/sheet-cell';
import { spreadsheet } from '@/lib/export/spreadsheet';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { unzip } from '../helpers/unzip';

/** Texts a spreadsheet is known to change, run, or be broken by. */
const HOSTILE = [
  '=1+1',
  '+49 30 1234',
  '-1',
  '@SUM(A1)',
  '000123',
  '12345678901234567890',
  '1E5',
  '3-1',
  'TRUE',
  '#REF!',
  '_x0041_',
  '_x005F_x0041_',
  ' around ',
  'one\nor\ttwo\r\nthree\rfour',
  'a \u0001 \u001F \uFFFE \uFFFF b',
  '<&>"\'',
  "'quoted",
  '\u{1F9D1} \u05D0\u05D1 \u0E01\u0E33',
];

let database: TestDatabase;
let folder: string;
let [auditor, analyst]: Actor[] = [];
const known = (actor: Actor | undefined): Actor => actor ?? expect.fail('nobody');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-workbook-'));
  database = await testDatabase();
  process.env.DATA_DIR = folder;
  [auditor, analyst] = [await person('Audra', 'auditor'), await person('Ana', 'analyst')];
  for (const [at, text] of [...HOSTILE, 'x'.repeat(CELL_MAX + 5)].entries()) {
    const note = { action: 'note.added', subject: `verification:${at}`, data: { noteId: `note-${at}`, text } } as const;
    await db().$transaction((tx) => appendAuditEvent(tx, known(analyst), note));
    await received(9_007_199_254_740_000 + at, text.slice(0, 200));
  }
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function received(id: number, text: string): Promise<void> {
  const record = {
    verificationId: id,
    verified: false,
    idFileName: text,
    tags: [{ name: 'customerId', value: text }],
    timestamp: 1_769_860_800_123 + (id % 100),
  };
  await db().$executeRaw`
    INSERT INTO console.record (verification_id, machine_result, received_at, model, id_file_name, id_file_type, selfie_file_name,
      selfie_file_type, similarity, findings, raw, snapshot_hash)
    VALUES (${BigInt(id)}, 'NOT_VERIFIED', ${new Date(record.timestamp)}, 'm', 'id.jpg', 'image/jpeg', 'selfie.jpg', 'image/jpeg', 0.1234567::real, '{}',
      ${JSON.stringify(record)}, ${snapshotHash(record)})`;
}

async function exported(kind: ExportInput['kind'], format: TableFormat, query = '') {
  const { export: begun, done } = await createExport(known(auditor), { kind, format, query }, (fault) => expect.fail(String(fault)));
  await done;
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await openExport(known(auditor), begun.id, { range: null, ifRange: null })).body) chunks.push(chunk);
  return unzip(Buffer.concat(chunks));
}

/** The cells of a CSV as RFC 4180 has them, with the apostrophe taken away that keeps a text from being run. */
function csvCells(text: string): (string | null)[][] {
  const lines: (string | null)[][] = [[]];
  for (const [, quoted, bare, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    const value = quoted === undefined ? bare || null : quoted.replaceAll('""', '"').replace(/^'/, '');
    lines.at(-1)?.push(value === '' ? null : (value ?? null));
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

async function sheetCells(file: Buffer | undefined, sheet: number): Promise<unknown[][]> {
  return readSheet(file ?? Buffer.alloc(0), sheet, { trim: false });
}

/** What a cell and its text in the CSV have to agree on: all of it, but that the reader drops parts of a millisecond. */
function expectSame(cell: unknown, text: string | null, where: string): void {
  if (cell instanceof Date) expect(Math.abs(cell.getTime() - Date.parse(text ?? '')), where).toBeLessThanOrEqual(1);
  else expect(cell === null ? null : String(cell), where).toBe(text);
}

test.each(['population', 'audit-log'] as const)('the workbook of the %s says what its CSV says, read by another program', async (kind) => {
  // The events of the exports themselves are no part of it.
  const query = kind === 'audit-log' ? 'action=note.added' : '';
  const [workbook, csv, again] = [
    await exported(kind, 'xlsx', query),
    await exported(kind, 'csv', query),
    await exported(kind, 'xlsx', query),
  ];
  const rows = csvCells(csv.get(`${kind}.csv`)?.toString() ?? '');
  const cells = await sheetCells(workbook.get(`${kind}.xlsx`), 1);
  expect(cells).toHaveLength(HOSTILE.length + 2);
  const [head = []] = rows;
  for (const [at, row] of rows.entries())
    for (const [column, text] of row.entries()) {
      if ((text?.length ?? 0) <= CELL_MAX) expectSame(cells[at]?.[column], text, `${at} ${head[column]}`);
      else expect(cells[at]?.[column]).toMatch(/^[\s\S]{32700,32767}$/);
    }
  const dates = head.flatMap((name, column) => (cells[1]?.[column] instanceof Date ? [name] : []));
  expect(dates).toEqual(kind === 'population' ? ['receivedAt'] : ['at']);
  const ids = cells.slice(1).map((row) => row[kind === 'population' ? 0 : 7]);
  expect(ids.every((id) => typeof id === 'string')).toBe(true);
  expect(again.get(`${kind}.xlsx`)?.equals(workbook.get(`${kind}.xlsx`) ?? Buffer.alloc(0))).toBe(true);
});

test('an archive with a workbook is whole to both verifiers, and says what was cut', async () => {
  const files = await exported('audit-log', 'xlsx', 'action=note.added');
  const unpacked = mkdtempSync(join(folder, 'unpacked-'));
  for (const [name, bytes] of files) writeFileSync(join(unpacked, name), bytes);
  expect(execFileSync('node', ['verify.mjs', '.'], { cwd: unpacked, encoding: 'utf8' })).toMatch(/whole|intact|complete/i);
  expect(execFileSync('python3', ['verify.py', '.'], { cwd: unpacked, encoding: 'utf8' })).toMatch(/whole|intact|complete/i);
  const stated = JSON.parse(files.get('manifest.json')?.toString() ?? '{}');
  expect(stated).toMatchObject({ kind: 'audit-log', as: 'xlsx', counts: { events: HOSTILE.length + 1 } });
  const sum = createHash('sha256')
    .update(files.get('audit-log.xlsx') ?? '')
    .digest('hex');
  expect(stated.files).toContainEqual(expect.objectContaining({ name: 'audit-log.xlsx', sha256: sum }));
  // The sentence of the note and its data.
  expect(stated.leftOut).toEqual([expect.stringMatching(/^2 texts are longer than the 32767 characters/)]);
});

async function bytesOf(rows: Iterable<CellValue[]>, rowsMax: number, cut = { count: 0 }): Promise<Buffer> {
  async function* given() {
    yield* rows;
  }
  const columns = [{ name: 'id', kind: 'id' } as const, { name: 'at', kind: 'moment' } as const];
  const chunks: Uint8Array[] = [];
  for await (const chunk of spreadsheet({ name: 'Population', columns, rows: given(), rowsMax, cut })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('rows beyond a sheet go on the next one under the same head', async () => {
  const rows = Array.from({ length: 12 }, (_, at): CellValue[] => [`00${at}`, '2026-10-31T12:00:00.000Z']);
  const file = await bytesOf(rows, 6);
  const sheets = [await sheetCells(file, 1), await sheetCells(file, 2), await sheetCells(file, 3)];
  expect(sheets.map((cells) => cells.map(([id]) => id))).toEqual([
    ['id', '000', '001', '002', '003', '004'],
    ['id', '005', '006', '007', '008', '009'],
    ['id', '0010', '0011'],
  ]);
});

test('a text is cut between characters and says how long it was; a moment Excel has no date for stays text', async () => {
  const cut = { count: 0 };
  const long = `${'x'.repeat(CELL_MAX - 37)}${'\u{1F9D1}'.repeat(40)}`;
  const [, first, second] = await sheetCells(
    await bytesOf(
      [
        [long, '1899-12-31T00:00:00.000Z'],
        [42, '1900-03-01T00:00:00.000Z'],
      ],
      100,
      cut,
    ),
    1,
  );
  expect(String(first?.[0]).length).toBeLessThanOrEqual(CELL_MAX);
  expect(String(first?.[0])).toMatch(/x\u{1F9D1}* \[cut here: 32810 characters in all\]$/u);
  expect(first?.[1]).toBe('1899-12-31T00:00:00.000Z');
  expect(second).toEqual(['42', new Date('1900-03-01T00:00:00Z')]);
  expect(cut.count).toBe(1);
});

test('rows are read no faster than their bytes are taken, so that any number of them needs the same memory', async () => {
  let read = 0;
  async function* rows() {
    for (; read < 200_000; read += 1) yield [randomBytes(100).toString('hex'), '2026-10-31T12:00:00.000Z'];
  }
  const columns = [{ name: 'id', kind: 'id' } as const, { name: 'at', kind: 'moment' } as const];
  const bytes = spreadsheet({ name: 'Log', columns, rows: rows(), rowsMax: 1_048_576, cut: { count: 0 } });
  for (let chunks = 0; chunks < 5; chunks += 1) await bytes.next();
  // Nobody takes any more: what reads on for itself has every chance to.
  for (let turns = 0; turns < 2000; turns += 1) await setImmediate();
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(20_000);
  await bytes.return(undefined);
});
