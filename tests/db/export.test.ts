import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { exportedEvent, manifest } from '@/lib/audit/export-format';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { visibleLines } from '@/lib/domain/visible-text';
import { cancelExport } from '@/lib/export/cancel-export';
import { countRows } from '@/lib/export/count-rows';
import { createExport } from '@/lib/export/create-export';
import { eventLine } from '@/lib/export/jsonl';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';
import { sweepExports } from '@/lib/export/sweep-exports';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { result as sample } from '../fixtures/upstream/sample.json';
import { person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';
import { unzip } from '../helpers/unzip';

const HOSTILE = [
  '=cmd|calc',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  "'=1",
  '＝1',
  'a "quoted", and\r\nmore',
  '',
  '\u2028 é \u{1F9D1} \u0001',
];

let database: TestDatabase;
let folder: string;
let [auditor, analyst, boss]: Actor[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-exports-'));
  database = await testDatabase();
  process.env.DATA_DIR = folder;
  [auditor, analyst, boss] = [await person('Audra', 'auditor'), await person('Ana', 'analyst'), await person('Marek', 'manager')];
  for (const [index, text] of HOSTILE.entries()) await note(index, text);
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function note(verification: number, text: string, by: Actor | undefined = analyst): Promise<number> {
  const event = { action: 'note.added', subject: `verification:${verification}`, data: { noteId: 'n', text } } as const;
  return db().$transaction((tx) => appendAuditEvent(tx, known(by), event));
}

function known(actor: Actor | undefined): Actor {
  if (!actor) throw new Error('nobody');
  return actor;
}

/** An export, made and fetched; its files by name. */
async function made(input: ExportInput, by = auditor): Promise<{ id: string; files: Map<string, Buffer>; archive: Buffer }> {
  const begun = await createExport(known(by), input, (fault) => faults.push(fault));
  await begun.done;
  const { id } = begun.export;
  expect(faults).toEqual([]);
  expect(await readExport(known(by), id)).toMatchObject({ state: 'READY', failure: null });
  const archive = await fetched(id);
  return { id, archive, files: unzip(archive) };
}

async function fetched(id: string, range: string | null = null): Promise<Buffer> {
  const { body } = await openExport(known(auditor), id, { range, ifRange: null });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const linesOf = (bytes: Buffer | undefined) => (bytes?.toString() ?? '').split('\n').slice(0, -1);
const manifestIn = (files: Map<string, Buffer>) => manifest.loose().parse(JSON.parse(files.get('manifest.json')?.toString() ?? ''));

/** What the verifier that comes along says of the unpacked export. */
function verified(files: Map<string, Buffer>): string {
  const to = mkdtempSync(join(folder, 'unpacked-'));
  for (const [name, bytes] of files) writeFileSync(join(to, name), bytes);
  return execFileSync(process.execPath, ['verify.mjs', '.'], { cwd: to, encoding: 'utf8' });
}

describe('the audit log', () => {
  test('goes out whole as JSON lines, ends at the signed head with the export’s own event, and verifies with nothing but Node', async () => {
    const { id, files } = await made({ kind: 'audit-log', format: 'jsonl', query: '' });
    const events = linesOf(files.get('audit-log.jsonl')).map((line) => exportedEvent.parse(JSON.parse(line)));
    const stated = manifestIn(files);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: stated.head?.seq ?? 0 }, (_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ action: 'export.created', subject: `export:${id}` });
    expect(stated).toMatchObject({
      kind: 'audit-log',
      complete: true,
      firstSeq: 1,
      lastSeq: events.length,
      counts: { events: events.length },
    });
    for (const { name, sha256, bytes } of stated.files)
      expect([
        createHash('sha256')
          .update(files.get(name) ?? '')
          .digest('hex'),
        files.get(name)?.length,
      ]).toEqual([sha256, bytes]);
    expect(verified(files)).toContain(`WHOLE. ${events.length} events between 1 and ${events.length}`);
  });

  test('is to the byte what the format says, whatever people wrote', async () => {
    const { files } = await made({ kind: 'audit-log', format: 'jsonl', query: '' });
    for (const line of linesOf(files.get('audit-log.jsonl'))) expect(eventLine(exportedEvent.parse(JSON.parse(line)))).toBe(`${line}\n`);
  });

  test('filtered by who and when, it carries the bare links of all the rest, so that nothing can be missing', async () => {
    await note(500, 'by the boss', boss);
    const day = new Date().toISOString().slice(0, 10);
    const { files } = await made({ kind: 'audit-log', format: 'jsonl', query: `actor=marek&action=note.added&from=${day}&to=${day}` });
    const events = linesOf(files.get('audit-log.jsonl')).map((line) => exportedEvent.parse(JSON.parse(line)));
    expect(events.map(({ actorName }) => actorName)).toEqual(['Marek']);
    const stated = manifestIn(files);
    expect(linesOf(files.get('audit-links.jsonl')).length + events.length).toBe(stated.head?.seq);
    expect(files.get('audit-links.jsonl')?.toString()).not.toContain('"data"');
    expect(verified(files)).toContain('WHOLE. 1 events');
    files.set('audit-log.jsonl', Buffer.from(''));
    expect(() => verified(files)).toThrow();
  });

  test('is narrowed by case, action, reviewer, customer, tag and outcome', async () => {
    await db().recordTag.createMany({ data: [{ name: 'customerId', value: '=9999', verificationId: 3n }] });
    const count = (query: string) => countRows(known(auditor), { kind: 'audit-log', format: 'csv', query });
    expect(await count('verification=3')).toBe(1);
    expect(await count(`verification=3&reviewer=${boss?.id}`)).toBe(0);
    expect(await count('customer=%3D9999')).toBe(1);
    expect(await count(`tag=${encodeURIComponent('customerId=%3D9999')}&action=claim.taken`)).toBe(0);
    expect(await count('outcome=DECLINED')).toBe(0);
    expect(await refusalOf(count('outcome=FINE'))).toMatchObject({ code: 'bad-request', field: 'outcome' });
  });

  test('as a table has one sentence an event, runs nothing in a spreadsheet, and gives every text back', async () => {
    const { files } = await made({ kind: 'audit-log', format: 'csv', query: 'action=note.added&actor=ana' });
    const text = files.get('audit-log.csv')?.toString() ?? '';
    expect(text.startsWith('\uFEFF"seq","at","actor"')).toBe(true);
    const [head, ...rows] = parseCsv(text.slice(1));
    const what = head?.indexOf('what') ?? -1;
    const data = head?.indexOf('data') ?? -1;
    expect(rows.map((row) => row[what])).toEqual(HOSTILE.map((note) => visibleLines(`noted: ${note}`)));
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows.map((row) => JSON.parse(row[data] ?? '').data.text)).toEqual(HOSTILE);
    expect(manifestIn(files)).toMatchObject({ complete: false, counts: { events: HOSTILE.length } });
    expect(verified(files)).toContain('WHOLE');
  });
});

describe('the population', () => {
  beforeAll(async () => {
    const raw = JSON.stringify({ ...sample, verificationId: 9001 });
    const row = {
      ...{
        verificationId: 9001n,
        machineResult: 'VERIFIED',
        receivedAt: new Date('2026-01-15T12:00:00Z'),
        model: 'm',
        idFileName: '=id.jpg',
      },
      ...{ idFileType: 'image/jpeg', selfieFileName: 's.jpg', selfieFileType: 'image/jpeg', findings: [] },
    };
    const stored = (text: string) => ({ raw: text, snapshotHash: snapshotHash(JSON.parse(text)) });
    await db().record.create({ data: { ...row, ...stored(raw) } });
    await db().record.create({ data: { ...row, verificationId: 9002n, ...stored('{}'), receivedAt: new Date('2026-02-01T00:00:00Z') } });
    const decision = {
      ...{ verificationId: 9001n, outcome: 'DECLINED', machineResult: 'VERIFIED', isOverride: true, reasonCodes: ['FACE_MISMATCH'] },
      ...{ rationale: '@not the same person', proposerId: known(analyst).id, proposerName: 'Ana', snapshotHash: 'b'.repeat(64) },
    };
    await recorded('decision', (tx) => tx.decision.create({ data: { ...decision, version: 1 } }));
    await recorded('decision', (tx) =>
      tx.decision.create({ data: { ...decision, version: 2, rationale: '=HYPERLINK("http://evil", "x")', unchecked: ['id', 'face'] } }),
    );
    const name = evidenceName();
    for (const sha256 of ['c', 'd'].map((digit) => digit.repeat(64))) await recordEvidenceHash(name, sha256, 5);
  });

  const evidenceName = () => sample.files[0]?.url.split('/').at(-1) ?? '';

  test('is exactly what the filter finds, each with its state, the decision in force and whether its evidence drifted', async () => {
    const { files } = await made({ kind: 'population', format: 'jsonl', query: 'from=2026-01-01&to=2026-01-31&limit=1&cursor=x' });
    const [row, ...others] = linesOf(files.get('population.jsonl')).map((line) => JSON.parse(line));
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      ...{ verificationId: 9001, state: 'RESOLVED', outcome: 'DECLINED', isOverride: true, reasonCodes: 'FACE_MISMATCH', decidedBy: 'Ana' },
      ...{ decisionVersion: 2, decisions: 2, evidence: 'changed', recordChanged: true },
      ...{ uncomparedAtDecision: 'id face', uncomparedAtApproval: null },
    });
    expect(JSON.parse(row.record)).toEqual({ ...sample, verificationId: 9001 });
    expect(manifestIn(files)).toMatchObject({ kind: 'population', counts: { records: 1 }, head: { seq: expect.any(Number) } });
    expect(verified(files)).toContain('WHOLE');
  });

  test('as a table defuses what people and upstream wrote; a record nobody can read still has its line', async () => {
    const { files } = await made({ kind: 'population', format: 'csv', query: '' });
    const [head = [], first = [], second = []] = parseCsv(files.get('population.csv')?.toString().slice(1) ?? '');
    const cell = (row: string[], name: string) => row[head.indexOf(name)];
    expect(cell(first, 'rationale')).toBe(`'=HYPERLINK("http://evil", "x")`);
    expect(cell(second, 'verificationId')).toBe('9002');
    expect([cell(second, 'outcome'), cell(second, 'evidence')]).toEqual(['', 'not seen']);
  });

  test('narrows to the outcome in force and its reviewer, and “me” means whoever asked, for ever', async () => {
    const count = (query: string, by = auditor) => countRows(known(by), { kind: 'population', format: 'csv', query });
    expect(await count('outcome=DECLINED')).toBe(1);
    expect(await count('outcome=APPROVED')).toBe(0);
    expect(await count(`decidedFrom=${new Date().toISOString().slice(0, 10)}`)).toBe(1);
    expect(await count('reviewer=me', boss)).toBe(0);
    const { id } = await made({ kind: 'population', format: 'csv', query: 'reviewer=me' }, boss);
    expect((await readExport(known(auditor), id)).query).toBe(`reviewer=${boss?.id}`);
  });
});

describe('an export', () => {
  const whole: ExportInput = { kind: 'audit-log', format: 'csv', query: '' };

  test('is for auditors and managers; what cannot be read is refused before anything is recorded', async () => {
    const before = await db().auditEvent.count();
    expect(await refusalOf(createExport(known(analyst), whole, () => {}))).toMatchObject({ code: 'forbidden' });
    expect(await refusalOf(createExport(known(auditor), { ...whole, query: 'from=yesterday' }, () => {}))).toMatchObject({ field: 'from' });
    expect(await db().auditEvent.count()).toBe(before);
  });

  test('is asked for, finished and taken away as three events, and a cut download goes on where it broke', async () => {
    const { id, archive } = await made(whole);
    const half = Math.floor(archive.length / 2);
    const rest = await openExport(known(auditor), id, { range: `bytes=${half}-`, ifRange: null });
    expect(rest).toMatchObject({ status: 206, headers: { 'content-range': `bytes ${half}-${archive.length - 1}/${archive.length}` } });
    expect(Buffer.concat([archive.subarray(0, half), await fetched(id, `bytes=${half}-`)])).toEqual(archive);
    expect(await refusalOf(openExport(known(auditor), id, { range: `bytes=${archive.length}-`, ifRange: null }))).toMatchObject({
      code: 'range-not-satisfiable',
    });
    const other = await openExport(known(auditor), id, { range: 'bytes=5-', ifRange: '"another"' });
    expect(other.status).toBe(200);
    const events = await db().auditEvent.findMany({ where: { subject: `export:${id}` }, orderBy: { seq: 'asc' } });
    expect(events.map(({ action }) => action).slice(0, 3)).toEqual(['export.created', 'export.finished', 'export.downloaded']);
  });

  test('that fails says so in its row and leaves no bytes; one whose writer died or whose time is over ends by the sweep', async () => {
    const begun = await createExport(known(auditor), { kind: 'case-pack', format: 'pack', query: 'verification=77' }, () => {});
    await begun.done;
    expect(await readExport(known(auditor), begun.export.id)).toMatchObject({ state: 'FAILED', manifestSha256: null });
    expect(await refusalOf(openExport(known(auditor), begun.export.id, { range: null, ifRange: null }))).toMatchObject({
      code: 'conflict',
    });
    const { id } = await made(whole);
    await sweepExports(new Date(Date.now() + 73 * 3_600_000));
    expect(await readExport(known(auditor), id)).toMatchObject({ state: 'EXPIRED' });
    expect(readdirSync(join(folder, 'exports'))).toEqual([]);
    await expect(db().$executeRaw`UPDATE console.export SET rows = 0 WHERE state = 'EXPIRED'`).rejects.toThrow(/come to its end/);
    await expect(db().$executeRaw`DELETE FROM console.export WHERE false`).rejects.toThrow(/only grows/);
  });

  test('sent while it is written arrives whole; cancelled, it breaks and can never be taken for whole', async () => {
    const release = await holdBack();
    const [sent, cancelled] = await Promise.all([1, 2].map(() => createExport(known(auditor), whole, (fault) => faults.push(fault))));
    if (!sent || !cancelled) throw new Error('nothing was begun');
    expect(await refusalOf(createExport(known(auditor), whole, () => {}))).toMatchObject({ code: 'conflict' });
    const [along, broken] = [fetched(sent.export.id), fetched(cancelled.export.id)];
    const failing = expect(broken).rejects.toThrow(/CANCELLED/);
    await cancelExport(known(auditor), cancelled.export.id);
    await release();
    await Promise.all([sent.done, cancelled.done, failing]);
    expect(await along).toEqual(readFileSync(join(folder, 'exports', `${sent.export.id}.zip`)));
    expect(await readExport(known(auditor), cancelled.export.id)).toMatchObject({ state: 'CANCELLED' });
    expect(readdirSync(join(folder, 'exports')).filter((name) => name.startsWith(cancelled.export.id))).toEqual([]);
    expect(await refusalOf(cancelExport(known(auditor), sent.export.id))).toMatchObject({ code: 'conflict' });
    expect(faults).toEqual([]);
  });
});

/** Keeps every export from pinning its head, until the answer is called. */
async function holdBack(): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('BEGIN; SELECT pg_advisory_xact_lock(7335652416)');
  return () => client.end();
}

/** RFC 4180, as strictly as a spreadsheet is lenient. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /"((?:[^"]|"")*)"(,|\r\n)|([^",\r\n]*)(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error('This is no CSV.');
    row.push(found[1]?.replaceAll('""', '"') ?? found[3] ?? '');
    if ((found[2] ?? found[4]) !== '\r\n') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
