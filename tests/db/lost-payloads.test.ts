import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { brokenEvent } from '@/lib/audit/broken-event';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { verifyExport } from '@/lib/audit/verify.mjs';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { type RowDifference, rowsSentence } from '@/lib/domain/row-difference';
import { createExport } from '@/lib/export/create-export';
import { readExport } from '@/lib/export/read-exports';
import { requireHashed } from '@/lib/export/require-reconciled';
import { addNote } from '@/lib/review/add-note';
import { changePolicy } from '@/lib/review/change-policy';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { eraseByRequest } from '../helpers/second-person';
import { unzip } from '../helpers/unzip';
import { decide } from '../helpers/verdicts';

let database: TestDatabase;
let upstream: RecordUpstream;
let client: Client;
let folder: string;
let ana: Actor;
let marek: Actor;

const [DECIDED, CHANGED, ERASED] = [601, 602, 603];
const decline = { version: 0, outcome: 'DECLINED' as const, reasonCodes: ['FACE_MISMATCH' as const], rationale: 'Two people.' };

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false, files: [] }));
  folder = mkdtempSync(join(tmpdir(), 'second-look-lost-'));
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  client = new Client({ connectionString: database.url });
  await client.connect();
  await fillIndex(DECIDED, ERASED);
  [ana, marek] = [await person('Ana', 'analyst'), await person('Marek', 'manager')];
  await changePolicy(marek, { version: 0, settings: { ...DEFAULT_POLICY, qaSharePercent: 100 }, reason: 'Every decision is reviewed.' });
  for (const id of [DECIDED, ERASED]) {
    await addNote(ana, id, { text: 'He admitted that the card is forged.' });
    await decide(ana, id, decline, randomUUID());
  }
  for (const digit of ['a', 'b']) await recordEvidenceHash(`v_id_${CHANGED}_passport.jpg`, digit.repeat(64), 1);
  await eraseByRequest({ first: marek, second: await person('Adi', 'admin') }, [ERASED], 'Request 17 of the officer.');
});

afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const said = z.object({ action: z.string(), salt: z.string().nullable() });

const seqOf = async (action: string, subject: string) => {
  const { seq } = await db().auditEvent.findFirstOrThrow({ where: { action, subject }, orderBy: { seq: 'desc' } });
  return Number(seq);
};

/** SQL of the owner that takes a payload with an event which says so. */
const erased = (seq: number, about: string) =>
  `SELECT console.erase_audit_payloads('{${seq}}', 'system', 'Second Look', 'system', '${about}',
    '{"data":{"events":[${seq}],"reason":"The time of the case was over."},"origin":null}')`;

/** What the rows, a case, and an export of the log find after this SQL, run by the owner with every trigger off; all of it is taken back. */
async function foundAfter(sql: string, verificationId: number): Promise<(RowDifference | null)[]> {
  const { rows } = await client.query(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'console' AND tablename NOT LIKE 'audit%'`,
  );
  const guards = (state: string) => rows.map(({ name }) => `ALTER TABLE console."${name}" ${state} TRIGGER USER`).join(';');
  await client.query('BEGIN');
  try {
    await client.query(`${guards('DISABLE')}; ${sql}; ${guards('ENABLE')}`);
    return [(await reconcileRows(client)).first, (await reconcileRows(client, { verificationId })).first, await brokenEvent(client)];
  } finally {
    await client.query('ROLLBACK');
  }
}

const undecided = `UPDATE console.record SET state = 'OPEN', reviewer_id = NULL, reviewer_name = NULL, decided_at = NULL,
  findings = array_remove(findings, 'record-changed') WHERE verification_id = ${DECIDED}`;
const without: [action: string, subject: string, sql: string, id: number][] = [
  ['decision.made', `verification:${DECIDED}`, `DELETE FROM console.decision WHERE verification_id = ${DECIDED}; ${undecided}`, DECIDED],
  ['note.added', `verification:${DECIDED}`, `DELETE FROM console.note WHERE verification_id = ${DECIDED}`, DECIDED],
  [
    'evidence.changed',
    `verification:${CHANGED}`,
    `DELETE FROM console.evidence_drift; DELETE FROM console.evidence_hash WHERE sha256 LIKE 'b%'; DELETE FROM console.noticed_finding`,
    CHANGED,
  ],
  ['policy.changed', 'policy:1', 'DELETE FROM console.policy', DECIDED],
];

test('an erasure of two people takes details and nothing is found missing', async () => {
  expect((await reconcileRows(client)).first).toBeNull();
  expect((await reconcileRows(client, { verificationId: ERASED })).first).toBeNull();
  expect(await verifyStoredChain()).toMatchObject({ whole: true });
  const { rows } = await client.query(
    'SELECT count(*)::int AS gone FROM console.audit_event e LEFT JOIN console.audit_payload p USING (seq) WHERE p.seq IS NULL',
  );
  expect(rows[0].gone).toBeGreaterThan(1);
});

test('a filtered export of the log carries the erasure behind what is gone from it, and verifies', async () => {
  const begun = await createExport(marek, { kind: 'audit-log', format: 'jsonl', query: `reviewer=${ana.id}` }, (fault) => {
    throw fault;
  });
  await begun.done;
  const { id, state, failure } = await readExport(marek, begun.export.id);
  expect([state, failure]).toEqual(['READY', null]);
  const to = join(folder, 'unpacked');
  mkdirSync(to);
  for (const [name, bytes] of unzip(readFileSync(join(folder, 'exports', `${id}.zip`)))) writeFileSync(join(to, name), bytes);
  const actions = readFileSync(join(to, 'audit-log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => said.parse(JSON.parse(line)));
  expect(actions.filter(({ salt }) => salt === null).length).toBeGreaterThan(1);
  expect(actions.map(({ action }) => action)).toEqual(expect.arrayContaining(['payload.erased', 'case.erased']));
  expect(await verifyExport(to)).toMatchObject({ whole: true, complete: true });
});

test.each(without)(
  'the details of %s and its rows cannot go by an event that only says they were erased',
  async (action, subject, sql, id) => {
    const seq = await seqOf(action, subject);
    const lost = { seq, table: 'audit_event', id: String(seq), fault: 'payload-lost' };
    const [all, ofCase, log] = await foundAfter(`${erased(seq, subject)}; ${sql}`, id);
    expect([all, log]).toEqual([lost, lost]);
    if (subject.startsWith('verification:')) expect(ofCase).toEqual(lost);
    expect(rowsSentence({ first: lost as RowDifference, differences: 1 })).toBe(
      `The details of audit event ${seq} are gone, and no erasure of a case took them.`,
    );
  },
);

test.each(without)('the details of %s and its rows cannot go without a word', async (action, subject, sql, id) => {
  const seq = await seqOf(action, subject);
  const [all, , log] = await foundAfter(
    `ALTER TABLE console.audit_payload DISABLE TRIGGER USER; DELETE FROM console.audit_payload WHERE seq = ${seq}; ${sql}`,
    id,
  );
  expect([all, log]).toMatchObject([
    { seq, fault: 'payload-lost' },
    { seq, fault: 'payload-lost' },
  ]);
});

test('an erasure of another case, and one of before, take no details with them', async () => {
  const seq = await seqOf('decision.made', `verification:${DECIDED}`);
  const sql = `DELETE FROM console.decision WHERE verification_id = ${DECIDED}; ${undecided}`;
  const [all] = await foundAfter(`${erased(seq, `verification:${ERASED}`)}; ${sql}`, DECIDED);
  expect(all).toMatchObject({ seq, fault: 'payload-lost' });
});

test('a case.erased event explains no more payloads than it binds rows of their kind again', async () => {
  const seq = await seqOf('decision.made', `verification:${DECIDED}`);
  const closed = `SELECT console.append_audit_event('system', 'Second Look', 'system', 'case.erased', 'verification:${DECIDED}',
    '{"data":{},"rows":[{"id":"${randomUUID()}","sha256":"${'0'.repeat(64)}","table":"erasure"}]}')`;
  const [, , log] = await foundAfter(`${erased(seq, `verification:${DECIDED}`)}; ${closed}`, DECIDED);
  expect(log).toMatchObject({ seq, fault: 'payload-lost' });
});

test('an export of the log refuses a range with details that are gone', async () => {
  const seq = await seqOf('note.added', `verification:${DECIDED}`);
  await client.query('BEGIN; ALTER TABLE console.audit_payload DISABLE TRIGGER USER');
  await client.query('DELETE FROM console.audit_payload WHERE seq = $1', [seq]);
  await expect(requireHashed(client, { first: 1, last: seq + 1 })).rejects.toThrow(`The details of audit event ${seq} are gone`);
  await client.query('ROLLBACK');
});

test('a decision that an event about another case bound is found', async () => {
  const id = randomUUID();
  const forged = `INSERT INTO console.decision SELECT (jsonb_populate_record(d, '{"id":"${id}","verification_id":${CHANGED}}')).*
    FROM console.decision AS d WHERE d.verification_id = ${DECIDED};
    SELECT console.append_audit_event_on_rows('x', 'x', 'manager', 'decision.made', 'verification:${DECIDED}', '{"data":{}}', '{decision}', '{${id}}')`;
  const [all] = await foundAfter(forged, CHANGED);
  expect(all).toMatchObject({ table: 'decision', id, fault: 'bound-by-another' });
});

/** SQL of the owner that erases the decided case by the rule of retention, as one statement of the console would. */
const erasedByTime = (policyVersion: number, days: string) => `
  INSERT INTO console.erasure (id, run_id, verification_id, rule, reason, policy_version, retention_days, resolved_at, counts, by_id, by_name, at, xact)
  SELECT gen_random_uuid(), gen_random_uuid(), ${DECIDED}, 'RETENTION', '', ${policyVersion}, ${days}, console.resolved_at(${DECIDED}), '{}', '${ana.id}',
    'Second Look', now() + interval '6 years', pg_current_xact_id()::text;
  SELECT console.empty_record(${DECIDED}); DELETE FROM console.noticed_finding WHERE verification_id = ${DECIDED};
  SELECT console.append_audit_event_on_rows('system', 'Second Look', 'system', 'case.erased', 'verification:${DECIDED}', '{"data":{},"origin":null}',
    array_agg(x."table"), array_agg(x.id)) FROM console.bound_rows_of_case(${DECIDED}) AS x`;

test('an erasure by retention is judged by the moment of its event, whatever moment it states', async () => {
  const [all] = await foundAfter(erasedByTime(1, '1826'), DECIDED);
  expect(all).toMatchObject({ table: 'erasure', fault: 'unfounded' });
});
