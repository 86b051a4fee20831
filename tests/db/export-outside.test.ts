import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { createExport } from '@/lib/export/create-export';
import { readExport } from '@/lib/export/read-exports';
import { recordsOutside } from '@/lib/mirror/records-outside';
import { takeOver } from '@/lib/mirror/refresh-record';
import { addNote } from '@/lib/review/add-note';
import { decide } from '@/lib/review/decide';
import { checkFiles } from '@/lib/review/evidence/check-files';
import { filesOfCase } from '@/lib/review/evidence/claims';
import { claimsOf } from '@/lib/review/evidence/files-in-index';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import { person } from '../helpers/desk';
import { type FileUpstream, jpegOf, startFileUpstream } from '../helpers/file-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { unzip } from '../helpers/unzip';

let database: TestDatabase;
let upstream: FileUpstream;
let client: Client;
let ana: Actor;
let audra: Actor;
let folder: string;

const BYTES = jpegOf('a');
const SHA = createHash('sha256').update(BYTES).digest('hex');
const [DECIDED, OPEN, NOTED] = [901, 902, 903];

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startFileUpstream();
  folder = mkdtempSync(join(tmpdir(), 'second-look-outside-'));
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  client = new Client({ connectionString: database.url });
  await client.connect();
  [ana, audra] = [await person('Ana', 'analyst'), await person('Audra', 'auditor')];
  for (const id of [DECIDED, OPEN, NOTED]) {
    upstream.answer(id, 'id', BYTES);
    upstream.answer(id, 'face', BYTES);
    await takeOver(await getVerification(id), Date.now());
    await checkFiles(ana, claimsOf({ id, files: await filesOfCase(id) }), 10_000, { since: Date.now() });
  }
  const judgement = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: 'no' } as const;
  const { snapshotHash } = await getVerification(DECIDED);
  const shown = { id: SHA, face: SHA, record: snapshotHash };
  await decide(ana, DECIDED, { ...judgement, reasonCodes: [...judgement.reasonCodes], shown }, randomUUID());
  await addNote(ana, NOTED, { text: 'Seen twice.' });
});

afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const guards = (state: string) => ['record', 'record_tag'].map((table) => `ALTER TABLE console.${table} ${state} TRIGGER USER`).join(';');

/** Runs `work` while the index holds what the owner of its tables wrote into it, with every guard back in place; puts the rows back. */
async function whileForged<Result>(sql: string, work: () => Promise<Result>): Promise<Result> {
  await client.query('CREATE TEMP TABLE kept_record AS TABLE console.record; CREATE TEMP TABLE kept_tag AS TABLE console.record_tag');
  const owned = (statements: string) => client.query(`BEGIN; ${guards('DISABLE')}; ${statements}; ${guards('ENABLE')}; COMMIT`);
  const { rows } = await client.query(`SELECT string_agg(quote_ident(attname), ',') AS columns FROM pg_attribute
    WHERE attrelid = 'console.record'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`);
  const { columns } = rows[0];
  await owned(sql);
  try {
    return await work();
  } finally {
    await owned(`DELETE FROM console.record_tag; DELETE FROM console.record;
      INSERT INTO console.record (${columns}) SELECT ${columns} FROM kept_record; INSERT INTO console.record_tag SELECT * FROM kept_tag`);
    await client.query('DROP TABLE kept_record, kept_tag');
  }
}

async function exported(asked: ExportInput) {
  const begun = await createExport(audra, asked, (fault) => {
    throw fault;
  });
  await begun.done;
  return readExport(audra, begun.export.id);
}
const population = (query: string) => exported({ kind: 'population', format: 'jsonl', query });
const auditLog = (query: string) => exported({ kind: 'audit-log', format: 'jsonl', query });
const manifestOf = (id: string) =>
  JSON.parse(String(unzip(readFileSync(join(folder, 'exports', `${id}.zip`))).get('manifest.json'))) as { leftOut: string[] };

const deleted = (id: number) =>
  `DELETE FROM console.record_tag WHERE verification_id = ${id}; DELETE FROM console.record WHERE verification_id = ${id}`;

test('exports are made while every record is what its own text comes to', async () => {
  for (const query of ['', 'result=NOT_VERIFIED', 'customer=1'])
    for (const made of [await population(query), await auditLog(query.startsWith('result') ? '' : query)]) {
      expect(made, query).toMatchObject({ state: 'READY', failure: null });
      expect(manifestOf(made.id).leftOut).toEqual([]);
    }
});

test('a decided case without its record fails every export of the population, and the comparison names it', async () => {
  await whileForged(deleted(DECIDED), async () => {
    const found = { seq: null, table: 'record', id: String(DECIDED), fault: 'lost' };
    for (const which of [{}, { verificationId: DECIDED }]) expect((await reconcileRows(client, which)).first).toEqual(found);
    const said = { state: 'FAILED', failure: expect.stringContaining(`The record ${DECIDED} is not in the index`) };
    for (const query of ['', 'result=NOT_VERIFIED']) expect(await population(query)).toMatchObject(said);
    expect(await auditLog('customer=1')).toMatchObject(said);
  });
});

test('a case with a note and no record is named in the manifest of a population, because nobody can say what it was', async () => {
  await whileForged(deleted(NOTED), async () => {
    const made = await population('');
    expect(made).toMatchObject({ state: 'READY' });
    expect(manifestOf(made.id).leftOut).toEqual([expect.stringContaining(`entries on 1 case, ${NOTED}, whose record is not in the index`)]);
  });
});

test('a record that a forged column or tag keeps out of a filter fails the export', async () => {
  const said = { state: 'FAILED', failure: expect.stringContaining(`The record ${OPEN} is not what the text of the record`) };
  await whileForged(`UPDATE console.record SET machine_result = 'VERIFIED' WHERE verification_id = ${OPEN}`, async () =>
    expect(await population('result=NOT_VERIFIED')).toMatchObject(said),
  );
  await whileForged(`DELETE FROM console.record_tag WHERE verification_id = ${OPEN}`, async () => {
    expect(await population('customer=9999')).toMatchObject(said);
    expect(await auditLog('customer=9999')).toMatchObject(said);
    expect(await auditLog('outcome=DECLINED')).toMatchObject({ state: 'READY' });
  });
});

test('more records than an export can compare are counted, never passed over in silence', async () => {
  expect(await recordsOutside(client, new Set([DECIDED]), 1)).toEqual({ found: [], notCompared: 2, madeBefore: 0 });
  expect(await recordsOutside(client, new Set([DECIDED]), 2)).toEqual({ found: [], notCompared: 0, madeBefore: 0 });
});
