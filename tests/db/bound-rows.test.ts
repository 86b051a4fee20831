import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectNotices } from '@/app/notices/collect-notices';
import { appendAuditEvent } from '@/lib/audit/append';
import { BOUND_TABLE_NAMES, type BoundTable } from '@/lib/audit/bound-rows';
import { canonicalJson } from '@/lib/audit/canonical-json';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { logHealth } from '@/lib/audit/log-health';
import { logState } from '@/lib/audit/log-state';
import { auditEventsOf } from '@/lib/audit/read';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { heedVerdict } from '@/lib/audit/resume-if-whole';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { addUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { ExportInput, ExportSummary } from '@/lib/domain/export';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { type RowDifference, rowsSentence } from '@/lib/domain/row-difference';
import { createExport } from '@/lib/export/create-export';
import { readExport } from '@/lib/export/read-exports';
import { auditTasks } from '@/lib/jobs/audit-tasks';
import { placeHold } from '@/lib/retention/place-hold';
import { addNote } from '@/lib/review/add-note';
import { approve } from '@/lib/review/approve';
import { assignCase } from '@/lib/review/assign-case';
import { changeKeys } from '@/lib/review/change-keys';
import { changePolicy } from '@/lib/review/change-policy';
import { changePreference } from '@/lib/review/change-preference';
import { setSpace } from '@/lib/review/coordinates/set-space';
import { decide } from '@/lib/review/decide';
import { grantQueues } from '@/lib/review/draw-grants';
import { escalateCase, liftEscalation } from '@/lib/review/escalate-case';
import { recordCheck } from '@/lib/review/evidence/record-check';
import { reviewAgain } from '@/lib/review/qa';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { reopenCase } from '@/lib/review/reopen-case';
import { runBatch } from '@/lib/review/run-batch';
import { skipCase } from '@/lib/review/skip-case';
import { snoozeCase } from '@/lib/review/snooze-case';
import { withdrawDecision } from '@/lib/review/withdraw-decision';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { eraseByRequest, liftHold } from '../helpers/second-person';

let database: TestDatabase;
let upstream: RecordUpstream;
let client: Client;
let ana: Actor;
let marek: Actor;
let mira: Actor;
let folder: string;

const [WORKED, ERASED, BULK] = [501, 502, 503];
const decline = {
  version: 0,
  outcome: 'DECLINED' as const,
  reasonCodes: ['FACE_MISMATCH' as const],
  rationale: 'Not "one" person.\n\u{1F9D1}',
};
const override = {
  version: 0,
  outcome: 'APPROVED' as const,
  reasonCodes: ['ALTERNATE_EVIDENCE' as const],
  rationale: 'Seen at the counter.',
};

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false, files: [] }));
  folder = mkdtempSync(join(tmpdir(), 'second-look-rows-'));
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  client = new Client({ connectionString: database.url });
  await client.connect();
  await fillIndex(WORKED, BULK);
  [ana, marek, mira] = [await person('Ana', 'analyst'), await person('Marek', 'manager'), await person('Mira', 'manager')];
  await writeEveryTable();
});

afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

/** Writes rows of every bound table through the functions of the console, and erases one of the two cases they are about. */
async function writeEveryTable(): Promise<void> {
  await changePolicy(marek, { version: 0, settings: { ...DEFAULT_POLICY, qaSharePercent: 100 }, reason: 'Every decision is reviewed.' });
  await changeKeys(ana, { bindings: [{ scope: 'case', verb: 'decline', key: 'ö' }] });
  await changePreference(ana, { alwaysBlur: true, blurPx: 12, greyscale: null });
  await addUser(SYSTEM_ACTOR, { email: 'new@example.test', name: 'New', role: 'analyst', password: 'a password of some length' });
  await setSpace(marek, 'stored');
  await grantQueues(marek, { reviewerId: ana.id, viewIds: ['default'] });
  const assigned = { verb: 'assign' as const, ids: [ERASED, BULK], assigneeId: ana.id };
  await runBatch(marek, assigned, randomUUID());
  for (const id of [WORKED, ERASED]) {
    await addNote(ana, id, { text: 'Called at noon: "yes" \\ \u0001 ﬀ' });
    await escalateCase(ana, id, 'Is this one person?');
    await liftEscalation(marek, id, 'It is one person.');
    await snoozeCase(ana, id, Date.now() + 3_600_000, 'Waiting for the customer.');
    await skipCase(ana, id, 'I know them.');
    await assignCase(marek, id, ana.id);
    await decide(ana, id, decline, randomUUID());
    await withdrawDecision(ana, id);
    const { decision } = await decide(ana, id, { ...override, version: 1 }, randomUUID());
    await approve(marek, id, { decisionId: decision.id, agrees: true, comment: 'The same person.' }, randomUUID());
    await reopenCase(marek, id, 'The customer called again.');
    await placeHold(marek, { ids: [id], held: true, reason: 'Court order 4 C 17/26.', confirm: 1 });
    const name = `v_id_${id}_passport.jpg`;
    for (const digit of ['a', 'b', 'a']) await recordEvidenceHash(name, digit.repeat(64), 1);
    await recordCheck(SYSTEM_ACTOR, { name, verificationId: id }, { result: 'lost', problem: 'http-404' });
    await recordEvidenceHash(name, 'a'.repeat(64), 1);
    const { id: upTo } = await db().evidenceHash.findFirstOrThrow({ where: { name }, orderBy: { id: 'desc' } });
    const reason = 'The service restored it from a backup.';
    const row = { verificationId: BigInt(id), name, upTo, reason, byId: ana.id, byName: ana.name };
    const data = { file: name, reason, originalSha256: 'a'.repeat(64), otherSha256: ['b'.repeat(64)] };
    await db().$transaction(async (tx) => {
      const { id: rowId } = await tx.evidenceAcknowledgement.create({ data: row });
      const event = { action: 'evidence.acknowledged' as const, subject: `verification:${id}`, data };
      await appendAuditEvent(tx, ana, event, [{ table: 'evidence_acknowledgement', id: rowId }]);
    });
  }
  await liftHold({ first: marek, second: mira }, [ERASED], 'Court order withdrawn.');
  await eraseByRequest({ first: mira, second: await person('Adi', 'admin') }, [ERASED], 'Request 17 of the officer.');
  await decide(ana, BULK, decline, randomUUID());
  await reviewAgain(mira, BULK, { outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], comment: '' });
}

/** What the console finds after this SQL, run by the owner of the tables with the triggers and checks of a table off; all of it is taken back. */
async function foundAfter(table: string, ...statements: string[]): Promise<RowDifference | null> {
  await client.query('BEGIN');
  try {
    await client.query(`ALTER TABLE console.${table} DISABLE TRIGGER USER`);
    const { rows } = await client.query(
      `SELECT conname, conrelid::regclass AS relation FROM pg_constraint
       WHERE conrelid = $1::regclass AND contype IN ('c', 'f') OR confrelid = $1::regclass`,
      [`console.${table}`],
    );
    for (const { conname, relation } of rows) await client.query(`ALTER TABLE ${relation} DROP CONSTRAINT ${conname}`);
    for (const sql of statements) await client.query(sql);
    return (await reconcileRows(client)).first;
  } finally {
    await client.query('ROLLBACK');
  }
}

interface Column {
  table: BoundTable;
  column: string;
  type: string;
}

async function columns(): Promise<Column[]> {
  const { rows } = await client.query(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type FROM pg_attribute AS a
     JOIN pg_class AS c ON c.oid = a.attrelid WHERE c.oid = ANY($1::regclass[]) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2`,
    [BOUND_TABLE_NAMES.map((name) => `console.${name}`)],
  );
  return rows;
}

const OTHER: Record<string, (column: string) => string> = {
  text: (column) => `coalesce(${column}, '') || ' '`,
  uuid: () => 'gen_random_uuid()',
  integer: (column) => `${column} + 1000000`,
  bigint: (column) => `coalesce(${column}, 0) + 1000000`,
  boolean: (column) => `NOT ${column}`,
  jsonb: (column) => `coalesce(${column}, '{}') || '{"x": null}'`,
  'text[]': (column) => `coalesce(${column}, '{}') || 'X'::text`,
  'bigint[]': (column) => `coalesce(${column}, '{}') || 7::bigint`,
  'timestamp with time zone': (column) => `coalesce(${column}, now()) + interval '1 millisecond'`,
};

/** The hash of a row as an auditor would compute it from the text of its columns. */
function hashOf(table: string, row: Record<string, string | null>, types: Map<string, string>): string {
  const members = Object.entries(row).flatMap(([name, text]) => (text === null ? [] : [[name, jsonValue(text, types.get(name) ?? '')]]));
  return createHash('sha256')
    .update(`second-look/row/v1\0${table}\0${canonicalJson(Object.fromEntries(members))}`)
    .digest('hex');
}

function jsonValue(text: string, type: string): unknown {
  if (type === 'integer' || type === 'bigint') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'timestamp with time zone') return new Date(text).toISOString();
  return type.endsWith('[]') ? JSON.parse(text) : text;
}

describe('the rows beside the log', () => {
  test('are all bound to their events, also after an erasure, and the chain verifies', async () => {
    const { rows } = await client.query('SELECT "table", count(*) AS count FROM console.bound_rows() GROUP BY 1 ORDER BY 1');
    expect(rows.map(({ table }) => table)).toEqual(BOUND_TABLE_NAMES.toSorted());
    const verdict = await reconcileRows(client);
    expect(verdict).toEqual({ first: null, differences: 0 });
    expect(rowsSentence(verdict)).toContain('as its event recorded it');
    for (const verificationId of [WORKED, ERASED]) expect((await reconcileRows(client, { verificationId })).first).toBeNull();
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });

  test('have hashes that can be computed from their columns outside the database', async () => {
    const all = await columns();
    const { rows: bound } = await client.query('SELECT "table", id, sha256 FROM console.bound_rows()');
    await client.query(`SET timezone = 'Asia/Kolkata'`);
    for (const table of BOUND_TABLE_NAMES) {
      const own = all.filter((column) => column.table === table);
      const text = ({ column, type }: Column) => (type.endsWith('[]') ? `to_json(${column})::text` : `${column}::text`);
      const { rows } = await client.query(`SELECT ${own.map((one) => `${text(one)} AS ${one.column}`).join(', ')} FROM console.${table}`);
      const hashes = rows.map((row) => hashOf(table, row, new Map(own.map(({ column, type }) => [column, type]))));
      expect(hashes.toSorted(), table).toEqual(
        bound
          .filter((row) => row.table === table)
          .map(({ sha256 }) => sha256)
          .toSorted(),
      );
    }
    expect((await reconcileRows(client)).first).toBeNull();
    await client.query('RESET timezone');
  });

  test('differ from the log when any column of any of them is changed with the triggers off', { timeout: 180_000 }, async () => {
    const missed: string[] = [];
    for (const { table, column, type } of await columns()) {
      const other = OTHER[type]?.(column) ?? '';
      const found = await foundAfter(
        table,
        `UPDATE console.${table} SET ${column} = ${other} WHERE ctid = (SELECT min(ctid) FROM console.${table})`,
      );
      if (found?.table !== table || !['changed', 'missing', 'without-event'].includes(found.fault)) missed.push(`${table}.${column}`);
    }
    expect(missed).toEqual([]);
  });

  test('differ from the log when a row of any table is deleted or copied with the triggers off', { timeout: 180_000 }, async () => {
    const keys = new Map(
      (
        await client.query(`SELECT c.relname AS table, a.attname AS key, format_type(a.atttypid, NULL) AS type
      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
      WHERE i.indisprimary AND c.relnamespace = 'console'::regnamespace`)
      ).rows.map((row) => [row.table, row]),
    );
    for (const table of BOUND_TABLE_NAMES) {
      const first = `SELECT min(ctid) FROM console.${table}`;
      expect(await foundAfter(table, `DELETE FROM console.${table} WHERE ctid = (${first})`), table).toMatchObject({
        table,
        fault: 'missing',
      });
      const { key, type } = keys.get(table) ?? {};
      const change: Record<string, unknown> = {
        [key]: type === 'uuid' ? randomUUID() : 99_999,
        ...(table === 'decision' && { version: 99 }),
      };
      const { rows } = await client.query(
        'SELECT indexname FROM pg_indexes WHERE schemaname = $$console$$ AND tablename = $1 AND indexname LIKE $$%_decision_id_key$$',
        [table],
      );
      const copied = await foundAfter(
        table,
        ...rows.map(({ indexname }) => `DROP INDEX console.${indexname}`),
        `INSERT INTO console.${table} SELECT (jsonb_populate_record(t, '${JSON.stringify(change)}')).* FROM console.${table} AS t WHERE t.ctid = (${first})`,
      );
      expect(copied, table).toEqual({ seq: null, table, id: String(change[key]), fault: 'without-event' });
    }
  });

  test('differ from what the index shows when its columns about a case are changed, and only those', async () => {
    const changes = [
      `state = 'RESOLVED'`,
      `reviewer_id = '${ana.id}', reviewer_name = 'Ana'`,
      'decided_at = now()',
      'assignee_id = NULL, assignee_name = NULL',
      `assignee_name = 'Marek'`,
      `snoozed_until = now()`,
    ];
    for (const change of changes) {
      const found = await foundAfter('record', `UPDATE console.record SET ${change} WHERE verification_id = ${WORKED}`);
      expect(found, change).toEqual({ seq: null, table: 'record', id: String(WORKED), fault: 'misstated' });
    }
    expect(
      await foundAfter('record', `UPDATE console.record SET similarity = 0.5, seen_at = now() WHERE verification_id = ${WORKED}`),
    ).toBeNull();
  });

  test('are named by a sentence that says what happened to which row', async () => {
    const changed = await foundAfter(
      'decision',
      `UPDATE console.decision SET outcome = 'DECLINED', is_override = false WHERE verification_id = ${WORKED} AND version = 2`,
    );
    expect(changed).toMatchObject({ table: 'decision', fault: 'changed' });
    expect(rowsSentence({ first: changed, differences: 1 })).toBe(
      `The decision ${changed?.id} was changed after event ${changed?.seq} recorded it.`,
    );
    expect(rowsSentence({ first: { seq: null, table: 'qa_review', id: 'q', fault: 'without-event' }, differences: 3 })).toBe(
      'The qa review q has no event in the log that recorded it. 2 more rows differ.',
    );
  });

  test('cannot be bound again to what they were changed to, but by an erasure', async () => {
    const [note] = await db().note.findMany({ where: { verificationId: BigInt(WORKED) } });
    const again = (action: string) =>
      foundAfter(
        'note',
        `UPDATE console.note SET text = 'other' WHERE id = '${note?.id}'`,
        `SELECT console.append_audit_event_on_rows('x', 'x', 'system', '${action}', 'verification:${WORKED}', '{"data":{}}', '{note}', '{${note?.id}}')`,
      );
    expect(await again('note.added')).toMatchObject({ table: 'note', id: note?.id, fault: 'bound-again' });
  });

  test('cannot be bound again by an event that only says it is an erasure, nor by one that changes what an erasure leaves alone', async () => {
    const { id } = await db().decision.findFirstOrThrow({ where: { verificationId: BigInt(WORKED), version: 1 } });
    const changed = `UPDATE console.decision SET outcome = 'RESUBMISSION_REQUESTED' WHERE id = '${id}'`;
    const said = (rows: string) => `'case.erased', 'verification:${WORKED}', ${rows}`;
    await expect(
      foundAfter(
        'decision',
        changed,
        `SELECT console.append_audit_event_on_rows('x', 'x', 'system', ${said(`'{"data":{}}'`)}, '{decision}', '{${id}}')`,
      ),
    ).rejects.toThrow(`nothing about verification:${WORKED} was erased in this transaction`);
    // Past that function, the owner can append what it would have refused.
    const binding = (table: string, row: string) =>
      `console.row_binding('${table}', '${row}', console.row_lasting('${table}', '${row}'), console.row_hash('${table}', '${row}'))`;
    const past = (...bindings: string[]) =>
      `SELECT console.append_audit_event('x', 'x', 'system', ${said(`'{"data":{},"rows":[' || ${bindings.join(` || ',' || `)} || ']}'`)})`;
    const found = { table: 'decision', id, fault: 'bound-again' };
    expect(await foundAfter('decision', changed, past(binding('decision', id)))).toMatchObject(found);
    const tombstone = randomUUID();
    const erasure = `ALTER TABLE console.erasure DISABLE TRIGGER USER; INSERT INTO console.erasure
      SELECT (jsonb_populate_record(e, '{"id":"${tombstone}","verification_id":${WORKED}}')).* FROM console.erasure AS e LIMIT 1`;
    const both = past(binding('erasure', tombstone), binding('decision', id));
    expect(await foundAfter('decision', changed, erasure, both)).toMatchObject(found);
    // What an erasure may overwrite can be bound again by one, which must rest on a change of two people or on a time that was over.
    const erased = `UPDATE console.decision SET rationale = console.erased_text() WHERE id = '${id}'`;
    const withdrawn = `DELETE FROM console.noticed_finding WHERE verification_id = ${WORKED}`;
    const unfounded = { seq: null, table: 'erasure', id: tombstone, fault: 'unfounded' };
    expect(await foundAfter('decision', erased, erasure, both, withdrawn)).toEqual(unfounded);
    const over = erasure.replace('"verification_id"', `"rule":"RETENTION","change_id":null,"resolved_at":"2019-01-01","verification_id"`);
    expect(await foundAfter('decision', erased, over, both, withdrawn)).toEqual(unfounded);
    expect(await foundAfter('decision', erased, past(binding('decision', id)))).toMatchObject(found);
  });

  test('cannot be first bound by an event of another kind', async () => {
    const id = randomUUID();
    const found = await foundAfter(
      'note',
      `INSERT INTO console.note (id, verification_id, author_id, author_name, text) VALUES ('${id}', 7, '${ana.id}', 'Ana', 'x')`,
      `SELECT console.append_audit_event_on_rows('x', 'x', 'system', 'session.ended', 'session:x', '{"data":{}}', '{note}', '{${id}}')`,
    );
    expect(found).toMatchObject({ table: 'note', id, fault: 'bound-by-another' });
  });
});

/** Runs npm run audit:verify. */
const verify = () =>
  new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = spawn(process.execPath, ['lib/cli/bootstrap.mjs', 'audit-verify'], { env: process.env });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      out += chunk;
    });
    child.on('close', (code) => resolve({ code, out }));
  });

async function exported(asked: ExportInput): Promise<ExportSummary> {
  const begun = await createExport(marek, asked, (fault) => {
    throw fault;
  });
  await begun.done;
  return readExport(marek, begun.export.id);
}

describe('a row that differs', () => {
  /** Runs a work while one decision of a case says something else than its event, as the owner of the tables can make it. */
  async function whileChanged<Result>(work: () => Promise<Result>): Promise<Result> {
    const change = (from: string, to: string) =>
      client.query(
        `UPDATE console.decision SET outcome = '${to}' WHERE verification_id = ${WORKED} AND version = 1 AND outcome = '${from}'`,
      );
    await client.query('ALTER TABLE console.decision DISABLE TRIGGER USER');
    await change('DECLINED', 'RESUBMISSION_REQUESTED');
    try {
      return await work();
    } finally {
      await change('RESUBMISSION_REQUESTED', 'DECLINED');
      await client.query('ALTER TABLE console.decision ENABLE TRIGGER USER');
    }
  }

  const NAMED = /The decision [0-9a-f-]{36} was changed after event \d+ recorded it/;

  test('fails the exports of the population and of its case, with a sentence and an event; without it they are made', async () => {
    const asked: ExportInput[] = [
      { kind: 'population', format: 'csv', query: '' },
      { kind: 'population', format: 'jsonl', query: 'from=2026-01-01' },
      { kind: 'case-pack', format: 'pack', query: `verification=${WORKED}` },
    ];
    for (const one of asked) {
      const refused = await whileChanged(() => exported(one));
      expect(refused).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(NAMED) });
      const [event] = await db().auditEvent.findMany({
        where: { subject: `export:${refused.id}`, action: 'export.refused' },
        include: { payload: true },
      });
      expect(event?.payload?.data).toMatch(NAMED);
      expect(await exported(one)).toMatchObject({ state: 'READY', failure: null });
    }
    expect(await whileChanged(() => exported({ kind: 'case-pack', format: 'pack', query: `verification=${BULK}` }))).toMatchObject({
      state: 'READY',
    });
  });

  test('is found by the nightly comparison, which records it and puts an alarm on every screen until it is gone', async () => {
    const [reconcile] = auditTasks().filter(({ name }) => name === 'audit.reconcile');
    const run = () => reconcile?.run(new AbortController().signal);
    await expect(whileChanged(async () => run())).rejects.toThrow(NAMED);
    expect(await collectNotices(ana)).toEqual([expect.objectContaining({ severity: 'alarm', text: expect.stringMatching(NAMED) })]);
    expect(await logHealth()).toMatchObject({ compared: { at: expect.any(Number), differences: 1 } });
    const recordedAs = async () => (await auditEventsOf('log:rows')).at(-1);
    expect(await recordedAs()).toMatchObject({
      action: 'rows.reconciled',
      data: { differences: 1, first: { table: 'decision', fault: 'changed' } },
    });
    await run();
    expect(await collectNotices(ana)).toEqual([]);
    expect(await recordedAs()).toMatchObject({ data: { differences: 0, first: null } });
  });

  test('makes npm run audit:verify say which row, and end with 1', async () => {
    expect(await whileChanged(verify)).toMatchObject({ code: 1, out: expect.stringMatching(NAMED) });
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('is as its event recorded it') });
  });
});

describe('a row changed together with what the log says of it', () => {
  /** Changes a decision and the payload of its event alike, as the owner of the tables can, and what else `more` does to the event. */
  async function whileForged(more: string, work: () => Promise<void>): Promise<void> {
    const { rows } = await client.query(
      `SELECT d.id, e.seq FROM console.decision AS d JOIN console.audit_payload AS p ON position(d.id::text IN p.data) > 0
       JOIN console.audit_event AS e ON e.seq = p.seq AND e.action = 'decision.made' WHERE d.verification_id = ${WORKED} AND d.version = 1`,
    );
    const { id, seq } = rows[0];
    await client.query(
      'CREATE TEMP TABLE kept_payload AS TABLE console.audit_payload; CREATE TEMP TABLE kept_event AS TABLE console.audit_event',
    );
    const guards = (state: string) =>
      ['decision', 'audit_payload', 'audit_event'].map((table) => `ALTER TABLE console.${table} ${state} TRIGGER USER`).join(';');
    await client.query(guards('DISABLE'));
    try {
      await client.query(
        `UPDATE console.audit_payload SET data = replace(data, console.row_hash('decision', '${id}'), 'HASH') WHERE seq = ${seq}`,
      );
      await client.query(`UPDATE console.decision SET outcome = 'RESUBMISSION_REQUESTED' WHERE id = '${id}'`);
      await client.query(
        `UPDATE console.audit_payload SET data = replace(replace(data, 'HASH', console.row_hash('decision', '${id}')), 'DECLINED', 'RESUBMISSION_REQUESTED')
         WHERE seq = ${seq}`,
      );
      await client.query(more.replaceAll('SEQ', String(seq)));
      await client.query(guards('ENABLE'));
      await work();
    } finally {
      await client.query(guards('DISABLE'));
      await client.query(`UPDATE console.decision SET outcome = 'DECLINED' WHERE id = '${id}'`);
      await client.query(
        'UPDATE console.audit_payload AS p SET data = k.data FROM kept_payload AS k WHERE k.seq = p.seq AND k.data <> p.data',
      );
      await client.query(`UPDATE console.audit_event AS e SET payload_hash = k.payload_hash, hash = k.hash, prev_hash = k.prev_hash
        FROM kept_event AS k WHERE k.seq = e.seq AND k.hash || k.payload_hash || k.prev_hash <> e.hash || e.payload_hash || e.prev_hash`);
      await client.query(guards('ENABLE'));
      await client.query('DROP TABLE kept_payload, kept_event');
    }
  }

  const committed = `UPDATE console.audit_event AS e SET payload_hash = console.audit_payload_hash(p.salt, p.data)
    FROM console.audit_payload AS p WHERE p.seq = e.seq AND e.seq = SEQ;`;
  const hashed = `${committed} UPDATE console.audit_event AS e SET hash = console.audit_event_hash(e) WHERE e.seq = SEQ;`;
  const followed = `${hashed} UPDATE console.audit_event AS e SET prev_hash = k.hash FROM console.audit_event AS k WHERE k.seq = SEQ AND e.seq = SEQ + 1`;

  test('is found by the comparison itself, whatever part of the event was made to fit', async () => {
    for (const more of ['SELECT 1', committed, hashed, followed])
      await whileForged(more, async () => {
        for (const which of [{}, { verificationId: WORKED }])
          expect(await reconcileRows(client, which), more).toMatchObject({ first: { fault: 'broken-log' }, differences: 1 });
      });
    expect((await reconcileRows(client)).first).toBeNull();
  });

  test('fails every export that states it, those of the log itself included, and makes npm run audit:verify stop the signer and say nothing about rows', async () => {
    const asked: ExportInput[] = [
      { kind: 'population', format: 'csv', query: '' },
      { kind: 'case-pack', format: 'pack', query: `verification=${WORKED}` },
      { kind: 'audit-log', format: 'csv', query: '' },
      { kind: 'audit-log', format: 'csv', query: 'action=decision.made' },
      { kind: 'audit-log', format: 'jsonl', query: '' },
    ];
    await checkpointNow();
    await whileForged('SELECT 1', async () => {
      for (const one of asked)
        expect(await exported(one)).toMatchObject({
          state: 'FAILED',
          failure: expect.stringMatching(/Audit event \d+ is not what was recorded/),
        });
      const { code, out } = await verify();
      expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('BROKEN at event') });
      expect(out).toContain('The rows were not compared with the log, because the log itself is broken.');
      expect(out).not.toContain('is as its event recorded it');
      expect(await logState()).toMatchObject({ signing: 'stopped', kind: 'contradicted' });
    });
    await heedVerdict(await verifyStoredChain());
    expect(await logState()).toMatchObject({ signing: 'on' });
    for (const one of asked) expect(await exported(one)).toMatchObject({ state: 'READY' });
  });
});

describe('the database by itself', () => {
  test('refuses at commit a row without an event of the same transaction, and one whose event does not bind it', async () => {
    const insert = (id: string) =>
      `INSERT INTO console.note (id, verification_id, author_id, author_name, text) VALUES ('${id}', 7, '${ana.id}', 'Ana', 'x')`;
    await expect(client.query(insert(randomUUID()))).rejects.toThrow(/note has no audit event/);
    const [first, second] = [randomUUID(), randomUUID()];
    const together = async (...statements: string[]) => {
      await client.query('BEGIN');
      for (const sql of statements) await client.query(sql);
      await client.query('COMMIT');
    };
    const bind = (id: string) =>
      `SELECT console.append_audit_event_on_rows('x', 'x', 'system', 'note.added', 'verification:7', '{"data":{}}', '{note}', '{${id}}')`;
    const silent = `SELECT console.append_audit_event('x', 'x', 'system', 'note.added', 'verification:7', '{"data":{}}')`;
    await expect(together(insert(first), silent)).rejects.toThrow(/note has no audit event/);
    await expect(together(insert(first), insert(second), bind(first))).rejects.toThrow(/note has no audit event/);
    await expect(together(bind(first))).rejects.toThrow(/cannot bind note/);
    await client.query('ROLLBACK');
    await together(insert(first), bind(first));
    // Which events are looked at is only a setting: naming an older event does not help a row it does not bind.
    const { rows } = await client.query('SELECT max(seq) AS seq FROM console.audit_event');
    await expect(together(`SELECT set_config('console.bound_by', '${rows[0].seq}', true)`, insert(second))).rejects.toThrow(
      /has no audit event/,
    );
    expect((await reconcileRows(client)).first).toBeNull();
  });
});

/** Tables that only grow and are not bound to the log, with the reason. */
const NOT_BOUND: Record<string, string> = {
  audit_event: 'It is the log.',
  audit_payload: 'It is the log.',
  audit_erasure: 'It repeats what a payload.erased event says.',
  change_awaited: 'It can only keep a change from taking effect by time. Which accounts there were is in the log.',
  change_start:
    'It can only keep a change from being answered. The database lets it be written for a change that stands, and each case has its event.',
  checkpoint: 'A copy of the signed heads outside the database, which are what is verified.',
  evidence_check: 'Checks add nothing but times: what is new in one is bound as evidence_hash, evidence_drift or evidence_loss.',
};

test('every table that only grows is bound to the log or named here with the reason', async () => {
  const { rows } = await client.query(
    `SELECT DISTINCT c.relname AS name FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
     WHERE c.relnamespace = 'console'::regnamespace AND t.tgname LIKE '%\\_only\\_grows' OR t.tgname = 'audit_payload_never_changes' ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...BOUND_TABLE_NAMES, ...Object.keys(NOT_BOUND)].toSorted());
});
