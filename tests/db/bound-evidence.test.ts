import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportSummary } from '@/lib/domain/export';
import { type RowDifference, rowsSentence } from '@/lib/domain/row-difference';
import { createExport } from '@/lib/export/create-export';
import { readExport } from '@/lib/export/read-exports';
import { auditTasks } from '@/lib/jobs/audit-tasks';
import { recordsThatDiffer } from '@/lib/mirror/reconcile-records';
import { takeOver } from '@/lib/mirror/refresh-record';
import { checkFiles } from '@/lib/review/evidence/check-files';
import { filesOfCase } from '@/lib/review/evidence/claims';
import { claimsOf } from '@/lib/review/evidence/files-in-index';
import { evidenceStatesOf } from '@/lib/review/evidence/states-of';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import { person } from '../helpers/desk';
import { type FileUpstream, jpegOf, startFileUpstream } from '../helpers/file-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { decide } from '../helpers/verdicts';

let database: TestDatabase;
let upstream: FileUpstream;
let client: Client;
let ana: Actor;
let audra: Actor;
let folder: string;

const [A, B] = [jpegOf('a'), jpegOf('b')];
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startFileUpstream();
  folder = mkdtempSync(join(tmpdir(), 'second-look-bound-'));
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  client = new Client({ connectionString: database.url });
  await client.connect();
  [ana, audra] = [await person('Ana', 'analyst'), await person('Audra', 'auditor')];
});

afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

/** A case of the index whose two files were read. */
async function readCase(id: number): Promise<string> {
  upstream.answer(id, 'id', A);
  upstream.answer(id, 'face', A);
  await takeOver(await getVerification(id), Date.now());
  await read(id);
  return upstream.nameOf(id, 'id');
}

async function read(id: number): Promise<void> {
  await checkFiles(ana, claimsOf({ id, files: await filesOfCase(id) }), 10_000, { since: Date.now() });
}

const TABLES = ['evidence_hash', 'evidence_check', 'evidence_loss', 'evidence_drift', 'noticed_finding', 'record', 'record_tag'];
const guards = (state: string) => TABLES.map((table) => `ALTER TABLE console.${table} ${state} TRIGGER USER`).join(';');

/** What is found while the owner of the tables holds them so; taken back afterwards. */
async function whileOwned<Result>(sql: string, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN');
  try {
    await client.query(`${guards('DISABLE')}; ${sql}; ${guards('ENABLE')}`);
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

const rowsAfter = (sql: string, which = {}) => whileOwned(sql, async () => (await reconcileRows(client, which)).first);
const recordAfter = (id: number, sql: string) => whileOwned(sql, async () => (await recordsThatDiffer(client, [id]))[0] ?? null);
const stateOf = async (name: string) => (await evidenceStatesOf([name]))[0];
const misstated = (table: string, id: unknown): RowDifference => ({ seq: null, table, id: String(id), fault: 'misstated' });

describe('what was read of a file', () => {
  test('is bound to the log at its first reading, so that no other bytes can be called the first', async () => {
    const name = await readCase(901);
    expect((await reconcileRows(client)).first).toBeNull();
    const [row] = await db().evidenceHash.findMany({ where: { name } });
    const events = await db().auditEvent.findMany({
      where: { subject: 'verification:901', action: 'evidence.first-seen' },
      include: { payload: true },
    });
    expect(events.map(({ payload }) => JSON.parse(payload?.data ?? '').data.file).sort()).toEqual([upstream.nameOf(901, 'face'), name]);
    upstream.answer(901, 'id', B);
    const swapped = `UPDATE console.evidence_hash SET sha256 = '${sha(B)}' WHERE name = '${name}';
      UPDATE console.evidence_check SET sha256 = '${sha(B)}' WHERE name = '${name}' AND result = 'seen'`;
    const found = { table: 'evidence_hash', id: String(row?.id), fault: 'changed' };
    for (const which of [{}, { verificationId: 901 }]) expect(await rowsAfter(swapped, which)).toMatchObject(found);
    expect(await rowsAfter(`DELETE FROM console.evidence_hash WHERE name = '${name}'`)).toMatchObject({ ...found, fault: 'missing' });
    // A check that names bytes nobody recorded.
    const [check] = await db().evidenceCheck.findMany({ where: { name, result: 'seen' } });
    const checked = `UPDATE console.evidence_check SET sha256 = '${sha(B)}' WHERE id = ${check?.id}`;
    expect(await rowsAfter(checked)).toEqual(misstated('evidence_check', check?.id));
    // A check at a time that has not come.
    const early = `UPDATE console.evidence_check SET at = now() + interval '1 day' WHERE id = ${check?.id}`;
    for (const which of [{}, { verificationId: 901 }])
      expect(await rowsAfter(early, which)).toEqual(misstated('evidence_check', check?.id));
  });

  test('cannot be unseen once it differed: neither the later bytes nor the finding can be taken back', async () => {
    const name = await readCase(902);
    upstream.answer(902, 'id', B);
    await read(902);
    expect(await stateOf(name)).toMatchObject({ state: 'differs' });
    expect((await reconcileRows(client)).first).toBeNull();
    const finding = `DELETE FROM console.noticed_finding WHERE verification_id = 902;
      UPDATE console.record SET findings = array_remove(findings, 'drift') WHERE verification_id = 902`;
    for (const which of [{}, { verificationId: 902 }])
      expect(await rowsAfter(finding, which)).toEqual(misstated('noticed_finding', '902 drift'));
    const column = `UPDATE console.record SET findings = array_remove(findings, 'drift') WHERE verification_id = 902`;
    expect(await rowsAfter(column)).toEqual(misstated('record', 902));
    const all = `${finding}; DELETE FROM console.evidence_check WHERE name = '${name}' AND sha256 = '${sha(B)}';
      DELETE FROM console.evidence_hash WHERE name = '${name}' AND sha256 = '${sha(B)}'`;
    expect(await rowsAfter(all)).toMatchObject({ table: 'evidence_hash', fault: 'missing' });
    const invented = `INSERT INTO console.noticed_finding VALUES (901, 'file-missing')`;
    expect(await rowsAfter(invented)).toEqual(misstated('noticed_finding', '901 file-missing'));
  });

  test('cannot be called lost no more: a later check alone does not bring it back', async () => {
    const name = await readCase(903);
    upstream.answer(903, 'id', 404);
    await read(903);
    expect((await reconcileRows(client)).first).toBeNull();
    await client.query(`INSERT INTO console.evidence_check (verification_id, name, result, sha256, size, by_name)
      VALUES (903, '${name}', 'seen', '${sha(A)}', ${A.length}, 'x')`);
    expect(await stateOf(name)).toMatchObject({ state: 'lost', problem: 'http-404' });
    const [loss] = await db().evidenceLoss.findMany({ where: { name } });
    const back = `UPDATE console.evidence_loss SET lost = false, problem = NULL WHERE id = ${loss?.id}`;
    expect(await rowsAfter(back)).toMatchObject({ table: 'evidence_loss', id: String(loss?.id), fault: 'changed' });
    const gone = `DELETE FROM console.evidence_loss; DELETE FROM console.noticed_finding WHERE verification_id = 903`;
    expect(await rowsAfter(gone)).toMatchObject({ table: 'evidence_loss', fault: 'missing' });
    upstream.answer(903, 'id', A);
    await read(903);
    expect(await stateOf(name)).toMatchObject({ state: 'same' });
    expect((await reconcileRows(client)).first).toBeNull();
  });

  test('is bound also where the file belongs to no case, and says that other bytes now stand in place of a lost file', async () => {
    const name = 'odd name.jpg';
    const claim = { name, verificationId: null, isKnown: true, size: A.length, contentType: 'image/jpeg' };
    const { recordCheck } = await import('@/lib/review/evidence/record-check');
    for (const problem of ['http-404', 'timeout', `length-9-${A.length}`]) await recordCheck(ana, claim, { result: 'lost', problem });
    for (const bytes of [A, B]) await recordCheck(ana, claim, { result: 'seen', sha256: sha(bytes), size: bytes.length });
    const events = await db().auditEvent.findMany({ where: { subject: `file:${name}` }, orderBy: { seq: 'asc' } });
    expect(events.map(({ action }) => action)).toEqual([
      ...['evidence.lost', 'evidence.lost', 'evidence.first-seen', 'evidence.restored', 'evidence.changed'],
    ]);
    expect(await rowsAfter(`UPDATE console.evidence_hash SET size = 1 WHERE name = '${name}' AND sha256 = '${sha(B)}'`)).toMatchObject({
      table: 'evidence_hash',
      fault: 'changed',
    });
    expect((await reconcileRows(client)).first).toBeNull();
  });
});

describe('a record of the index', () => {
  const CHANGES = [
    `machine_result = 'VERIFIED'`,
    `raw = replace(raw, '"verified":false', '"verified":true')`,
    `machine_result = 'VERIFIED', raw = replace(raw, '"verified":false', '"verified":true')`,
    `snapshot_hash = repeat('0', 64)`,
    `raw = '{"erased":true}'`,
    `raw = 'no json'`,
    ...['model', 'id_file_type', 'selfie_file_type', 'id_file_name', 'selfie_file_name'].map((name) => `${name} = 'other'`),
    ...['model_version', 'customer', 'tag_text'].map((name) => `${name} = 'other'`),
    ...['id_file_size', 'selfie_file_size', 'similarity', 'confidence'].map((name) => `${name} = coalesce(${name}, 0) / 2 + 0.25`),
    `received_at = received_at + interval '1 day'`,
    `findings = findings || 'no-face-on-id'::text`,
    `warnings = warnings + 1`,
    `faces = '{7,7}'`,
  ];

  test.each(CHANGES)('differs from its own text when the owner of the tables sets %s', async (change) => {
    if (!(await db().record.findUnique({ where: { verificationId: 911n } }))) await readCase(911);
    const found = { seq: null, table: 'record', id: '911', fault: 'not-as-sent' };
    expect(await recordAfter(911, 'SELECT 1')).toBeNull();
    expect(await recordAfter(911, `UPDATE console.record SET ${change} WHERE verification_id = 911`)).toEqual(found);
    expect(await recordAfter(911, 'DELETE FROM console.record_tag WHERE verification_id = 911')).toEqual(found);
  });

  test('that differs fails the exports that state it and is named by the nightly comparison; the sync leaves it as it is', async () => {
    await readCase(912);
    const change = (to: string) =>
      client.query(
        `${guards('DISABLE')}; UPDATE console.record SET machine_result = '${to}' WHERE verification_id = 912; ${guards('ENABLE')}`,
      );
    const NAMED = /The record 912 is not what the text of the record, as the verification API sent it, comes to/;
    await change('VERIFIED');
    await takeOver(await getVerification(912), Date.now() + 120_000);
    const asked = [
      { kind: 'population', format: 'csv', query: '' },
      { kind: 'population', format: 'jsonl', query: 'from=2000-01-01' },
      { kind: 'case-pack', format: 'pack', query: 'verification=912' },
    ] as const;
    for (const one of asked) expect(await exported(one)).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(NAMED) });
    const [reconcile] = auditTasks().filter(({ name }) => name === 'audit.reconcile');
    await expect(reconcile?.run(new AbortController().signal)).rejects.toThrow(NAMED);
    expect((await db().record.findUniqueOrThrow({ where: { verificationId: 912n } })).machineResult).toBe('VERIFIED');
    await change('NOT_VERIFIED');
    for (const one of asked) expect(await exported(one)).toMatchObject({ state: 'READY' });
    await reconcile?.run(new AbortController().signal);
  });

  test('forged as a whole is put right by the next pass of the sync; with a decision on it the log tells before', async () => {
    await readCase(913);
    const { raw, snapshotHash } = await db().record.findUniqueOrThrow({ where: { verificationId: 913n } });
    const { snapshotHash: fingerprint } = await import('@/lib/upstream/snapshot-hash');
    const forged = raw.replace('"verified":false', '"verified":true');
    const forge = `UPDATE console.record SET raw = '${forged.replaceAll("'", "''")}', machine_result = 'VERIFIED',
      snapshot_hash = '${fingerprint(JSON.parse(forged))}' WHERE verification_id = 913`;
    expect(await recordAfter(913, forge)).toBeNull();
    expect(await rowsAfter(forge)).toBeNull();
    await client.query(`${guards('DISABLE')}; ${forge}; ${guards('ENABLE')}`);
    await takeOver(await getVerification(913), Date.now() + 120_000);
    expect(await db().record.findUniqueOrThrow({ where: { verificationId: 913n } })).toMatchObject({
      snapshotHash,
      machineResult: 'NOT_VERIFIED',
    });
    const shown = { id: sha(A), face: sha(A) };
    await decide(ana, 913, { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown }, randomUUID());
    expect(await rowsAfter(forge)).toEqual(misstated('noticed_finding', '913 record-changed'));
    expect(rowsSentence({ first: misstated('noticed_finding', '913 record-changed'), differences: 1 })).toBe(
      'The noticed finding 913 record-changed is not what the rows of its case come to.',
    );
  });
});

async function exported(asked: Parameters<typeof createExport>[1]): Promise<ExportSummary> {
  const begun = await createExport(audra, asked, (fault) => {
    throw fault;
  });
  await begun.done;
  return readExport(audra, begun.export.id);
}
