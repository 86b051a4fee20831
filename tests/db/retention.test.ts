import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { submitErasure } from '@/lib/changes/submit-retention';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { DecisionInput } from '@/lib/domain/decision';
import type { ExportInput } from '@/lib/domain/export';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { createExport } from '@/lib/export/create-export';
import { exportsOnDisk } from '@/lib/export/export-files';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';
import { takeOver } from '@/lib/mirror/refresh-record';
import { dueCases } from '@/lib/retention/due-cases';
import { eraseCases } from '@/lib/retention/erase-cases';
import { erasureRuns } from '@/lib/retention/erasures';
import { heldCases } from '@/lib/retention/holds';
import { placeHold } from '@/lib/retention/place-hold';
import { previewErasure } from '@/lib/retention/preview-erasure';
import { retentionFacts } from '@/lib/retention/retention-facts';
import { addNote } from '@/lib/review/add-note';
import { escalateCase } from '@/lib/review/escalate-case';
import { reviewOf } from '@/lib/review/read-review';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { readBatch, runBatch } from '@/lib/review/run-batch';
import { timelineOf } from '@/lib/review/timeline';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import sample from '../fixtures/upstream/sample.json';
import { NOTHING_SHOWN, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { agreeOnly, eraseByRequest, liftHold, type Pair } from '../helpers/second-person';
import { approve, decide } from '../helpers/verdicts';

/** Stands for what a person's data reads like; after an erasure it is nowhere. */
const PERSONAL = 'Rosalind Quarles';
const SIX_YEARS_AGO = Date.now() - 6 * 365 * 86_400_000;
let folder: string;
let database: TestDatabase;
let upstream: RecordUpstream;
let ana: Actor;
let marek: Actor;
/** Two managers who decide nothing, so that they may erase by request. */
let pair: Pair;
let nextCase = 301;

const recordOf = (id: number) => ({
  ...sample.result,
  verificationId: id,
  verified: false,
  tags: [{ name: 'customer', value: PERSONAL }],
  idFileName: `${PERSONAL}.jpg`,
  files: sample.result.files.map((file) => ({ ...file, url: file.url.replace('_5_', `_${id}_`) })),
});

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream(recordOf);
  folder = mkdtempSync(join(tmpdir(), 'second-look-erasure-'));
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [ana, marek] = [await person('Ana', 'analyst'), await person('Marek', 'manager')];
  pair = { first: await person('Dora', 'manager'), second: await person('Mona', 'admin') };
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A case with something personal in every place people write to, resolved now. */
async function fullCase(): Promise<number> {
  const id = nextCase++;
  await takeOver(await getVerification(id), Date.now());
  await recordEvidenceView(ana, `v_id_${id}_${PERSONAL}.jpg`);
  const name = `v_id_${id}_${PERSONAL}.jpg`;
  for (const letter of ['a', 'b', 'a']) await recordEvidenceHash(name, letter.repeat(64), 1);
  const { id: upTo } = await db().evidenceHash.findFirstOrThrow({ where: { name }, orderBy: { id: 'desc' } });
  const by = { byId: ana.id, byName: ana.name };
  const acknowledgement = { verificationId: BigInt(id), name, upTo, reason: `${PERSONAL} sent it again.`, ...by };
  await db().$transaction(async (tx) => {
    const { id: row } = await tx.evidenceAcknowledgement.create({ data: acknowledgement });
    const data = { file: name, reason: acknowledgement.reason, originalSha256: 'a'.repeat(64), otherSha256: [] };
    const event = { action: 'evidence.acknowledged' as const, subject: `verification:${id}`, data };
    await appendAuditEvent(tx, ana, event, [{ table: 'evidence_acknowledgement', id: row }]);
  });
  await addNote(ana, id, { text: `${PERSONAL} called us.` });
  await escalateCase(ana, id, `Is this really ${PERSONAL}?`);
  const input: DecisionInput = {
    version: 0,
    outcome: 'APPROVED',
    reasonCodes: ['ALTERNATE_EVIDENCE'],
    rationale: `${PERSONAL} showed her passport.`,
    shown: NOTHING_SHOWN,
  };
  const { decision } = await decide(ana, id, input, randomUUID());
  await approve(marek, id, { decisionId: decision.id, agrees: true, comment: `Yes, ${PERSONAL}.`, shown: NOTHING_SHOWN }, randomUUID());
  await db().evidenceCopy.create({
    data: {
      name: `v_id_${id}_a.jpg`,
      sha256: 'a'.repeat(64),
      verificationId: BigInt(id),
      contentType: 'image/jpeg',
      size: 1n,
      nonce: new Uint8Array(12),
      tag: new Uint8Array(16),
      sealed: new Uint8Array([1]),
    },
  });
  return id;
}

/** The same, as if all of it had happened six years ago. */
async function oldCase(): Promise<number> {
  vi.useFakeTimers({ toFake: ['Date'], now: SIX_YEARS_AGO });
  try {
    return await fullCase();
  } finally {
    vi.useRealTimers();
  }
}

/** The tables whose rows hold the personal text anywhere, for one case or for all. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'console' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await db().$queryRawUnsafe<{ hits: bigint }[]>(
      `SELECT count(*) AS hits FROM console."${name}" AS t WHERE position($1 IN t::text) > 0`,
      text,
    );
    if (row && row.hits > 0n) found.push(name);
  }
  return found;
}

const REQUEST = 'Request 17 of the data protection officer.';
const erase = (ids: number[], by = marek) => eraseCases(by, { ids, rule: 'RETENTION', reason: '', confirm: ids.length });
const eraseAsked = (ids: number[]) => eraseByRequest(pair, ids, REQUEST);
const hold = (ids: number[]) => placeHold(marek, { ids, held: true, reason: 'Court order 4 C 17/26.', confirm: ids.length });
/** Names an erasure that two people agreed to, for a transaction of raw SQL. */
const agreedErasure = async (id: number) => {
  const submitted = await submitErasure(pair.first, { ids: [id], rule: 'REQUEST', reason: REQUEST, confirm: 1 });
  if (!('change' in submitted)) throw new Error('It was erased at once.');
  await agreeOnly(pair.second, submitted.change);
  return `SELECT set_config('second_look.change_id', '${submitted.change.id}', true)`;
};

describe('an erasure', () => {
  test('takes the files of exports that may hold the case, and no others, each with its event; one being written fails', async () => {
    const [id, other] = [await oldCase(), await fullCase()];
    const make = async (input: ExportInput) => {
      const begun = await createExport(marek, input, (fault) => {
        throw fault;
      });
      await begun.done;
      expect((await readExport(marek, begun.export.id)).state).toBe('READY');
      return begun.export.id;
    };
    const holding = [
      await make({ kind: 'population', format: 'jsonl', query: '' }),
      await make({ kind: 'audit-log', format: 'csv', query: '' }),
      await make({ kind: 'audit-log', format: 'jsonl', query: `verification=${id}` }),
    ];
    const kept = await make({ kind: 'audit-log', format: 'jsonl', query: `verification=${other}` });
    const writing = await db().export.create({
      data: { id: randomUUID(), kind: 'population', format: 'csv', query: '', byId: marek.id, byName: 'Marek' },
    });
    expect(await previewErasure(marek, [id], 'RETENTION')).toMatchObject({ erasable: 1, exports: 4 });
    expect(await previewErasure(marek, [other], 'RETENTION')).toMatchObject({ erasable: 0, exports: 0 });
    expect(await erase([id])).toMatchObject({ erased: [id], exports: 4 });
    for (const gone of holding) expect(await readExport(marek, gone)).toMatchObject({ state: 'EXPIRED' });
    expect(await readExport(marek, writing.id)).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('erased') });
    expect(await exportsOnDisk()).toEqual([kept]);
    for (const gone of [...holding, writing.id]) {
      const events = await db().auditEvent.findMany({ where: { subject: `export:${gone}` }, orderBy: { seq: 'desc' }, take: 1 });
      expect(events).toMatchObject([{ action: 'export.removed', actorName: 'Marek' }]);
    }
    expect((await refusalOf(openExport(marek, holding[0] ?? '', { range: null, ifRange: null }))).message).toContain('erased');
    await eraseAsked([other]);
  });

  test('takes what a bulk act said over the case, the search behind it and the answer remembered; the act itself stays', async () => {
    const [id, other] = [await oldCase(), await fullCase()];
    const escalated = (await runBatch(marek, { verb: 'escalate', ids: [id, other], reason: `Both seem to be ${PERSONAL}.` }, randomUUID()))
      .batch;
    const query = new URLSearchParams({ q: PERSONAL }).toString();
    const assigned = (await runBatch(marek, { verb: 'assign', query, assigneeId: ana.id }, randomUUID())).batch;
    expect(assigned.succeeded).toContain(id);
    expect(await eraseAsked([id])).toMatchObject({ erased: [id] });
    expect(await readBatch(escalated.id)).toMatchObject({
      detail: '[text erased]',
      refused: escalated.refused,
      succeeded: escalated.succeeded,
    });
    expect(await readBatch(assigned.id)).toMatchObject({ detail: 'Ana', query: null, succeeded: assigned.succeeded });
    await eraseAsked([other]);
    expect(await tablesWith(PERSONAL)).toEqual([]);
    expect(await tablesWith(query)).toEqual([]);
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
    await expect(db().$executeRaw`UPDATE console.batch SET detail = 'other'`).rejects.toThrow('only grows');
  });

  test('takes what is personal from every table, leaves the proof, and the chain still verifies', async () => {
    const id = await oldCase();
    expect((await tablesWith(PERSONAL)).length).toBeGreaterThan(8);
    const before = await reviewOf(id);
    expect(await erase([id])).toMatchObject({ erased: [id], refused: [] });
    // Not in any table of the console, remembered answers and earlier versions of the record included.
    expect(await tablesWith(PERSONAL)).toEqual([]);
    expect(await db().evidenceCopy.count({ where: { verificationId: BigInt(id) } })).toBe(0);
    const after = await reviewOf(id);
    const [decision] = after.decisions;
    expect(after.summary).toMatchObject({ state: 'RESOLVED', version: 1, decision: { outcome: 'APPROVED', by: 'Ana' } });
    expect({ ...decision, rationale: '', approval: null }).toEqual({ ...before.decisions[0], rationale: '', approval: null });
    expect(decision?.rationale).toBe('[text erased]');
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
    const timeline = await timelineOf(id);
    expect(timeline.filter(({ data }) => data === null).length).toBeGreaterThan(4);
    expect(timeline.at(-1)).toMatchObject({ action: 'case.erased', actorName: 'Marek', data: { rule: 'RETENTION', policyVersion: 0 } });
  });

  test('leaves a tombstone that says what went when, by whom and under which rule, and cannot be changed', async () => {
    const id = await oldCase();
    const { counts } = (await retentionFacts([id]))[0] ?? {};
    const { runId } = await erase([id]);
    const tombstone = await db().erasure.findFirstOrThrow({ where: { verificationId: BigInt(id) } });
    expect(tombstone).toMatchObject({ runId, rule: 'RETENTION', policyVersion: 0, retentionDays: 1826, byName: 'Marek', counts });
    expect((await retentionFacts([id]))[0]?.erased).toMatchObject({ byName: 'Marek', rule: 'RETENTION' });
    expect((await erasureRuns())[0]).toMatchObject({ runId, ids: [id], total: 1 });
    for (const sql of ['UPDATE console.erasure SET by_name = $$x$$', 'DELETE FROM console.erasure', 'TRUNCATE console.erasure'])
      await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/only grows/);
  });

  test('before the time of the case is refused; at a request it needs a reason instead', async () => {
    const id = await fullCase();
    expect(await erase([id])).toMatchObject({ erased: [], refused: [{ id, message: 'Its time is not over.' }] });
    const open = nextCase++;
    await addNote(ana, open, { text: 'Only a note.' });
    expect((await erase([open])).refused[0]?.message).toMatch(/not resolved/);
    expect(await eraseAsked([id, open])).toMatchObject({ erased: [id, open] });
    expect((await eraseAsked([id])).refused[0]?.message).toMatch(/nothing to erase/);
  });

  test('is done by managers and administrators, and only with the number of cases typed', async () => {
    const id = await oldCase();
    for (const other of [ana, await person('Aiko', 'auditor')]) expect((await refusalOf(erase([id], other))).code).toBe('forbidden');
    const wrong = eraseCases(marek, { ids: [id], rule: 'RETENTION', reason: '', confirm: 2 });
    expect(await refusalOf(wrong)).toMatchObject({ code: 'unprocessable', field: 'confirm' });
    expect((await reviewOf(id)).notes[0]?.text).toContain(PERSONAL);
  });

  test('is shown before it runs, with the very numbers it then takes', async () => {
    const [first, second, young] = [await oldCase(), await oldCase(), await fullCase()];
    await hold([second]);
    const preview = await previewErasure(marek, [first, second, young], 'RETENTION');
    expect(preview.cases.map(({ obstacle }) => obstacle)).toEqual([null, 'It is under legal hold.', 'Its time is not over.']);
    expect(preview).toMatchObject({ erasable: 1, retentionDays: 1826, counts: { notes: 1, decisions: 1, verdicts: 1, copies: 1 } });
    const { due } = { due: await dueCases() };
    expect(due.ids).toEqual(expect.arrayContaining([first, second]));
    expect(due.ids).not.toContain(young);
    await erase([first]);
    const tombstone = await db().erasure.findFirstOrThrow({ where: { verificationId: BigInt(first) } });
    expect(tombstone.counts).toEqual(preview.counts);
    expect((await dueCases()).ids).not.toContain(first);
  });

  test('is not undone by the sync, which brings the record again', async () => {
    const id = await oldCase();
    await erase([id]);
    const found = await getVerification(id);
    await takeOver({ ...found, snapshotHash: 'd'.repeat(64) }, Date.now() + 120_000);
    expect(await db().record.findUniqueOrThrow({ where: { verificationId: BigInt(id) } })).toMatchObject({
      raw: '{"erased":true}',
      idFileName: '',
      findings: [],
      warnings: 0,
      customer: null,
      tagText: null,
      faces: [],
    });
    expect(await db().recordTag.count({ where: { verificationId: BigInt(id) } })).toBe(0);
  });
});

describe('a legal hold', () => {
  test('keeps a case from every erasure until it is lifted, each with a reason in the log', async () => {
    const id = await oldCase();
    expect(await hold([id])).toEqual({ changed: [id], refused: [] });
    expect((await hold([id])).refused[0]?.message).toMatch(/already/);
    expect((await heldCases()).map(({ verificationId }) => verificationId)).toContain(id);
    for (const run of [erase, eraseAsked]) expect((await run([id])).refused[0]?.message).toMatch(/legal hold/);
    expect((await reviewOf(id)).notes[0]?.text).toContain(PERSONAL);
    await liftHold(pair, [id], 'The court is done.');
    const actions = (await timelineOf(id)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['hold.placed', 'hold.lifted']));
    expect((await erase([id])).erased).toEqual([id]);
  });

  test('is refused on an erased case, where nothing would take its reason away again, by the database too', async () => {
    const id = await oldCase();
    expect((await erase([id])).erased).toEqual([id]);
    expect((await hold([id])).refused[0]?.message).toContain('This case was erased');
    await expect(
      db().legalHold.create({
        data: { verificationId: BigInt(id), held: true, reason: `${PERSONAL} sues us.`, byId: marek.id, byName: 'x' },
      }),
    ).rejects.toThrow(/was erased/);
    expect(await db().legalHold.count({ where: { verificationId: BigInt(id) } })).toBe(0);
  });

  test('placed while an erasure runs, either keeps the case or is refused', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const id = await oldCase();
      const [erased, held] = await Promise.all([erase([id]), hold([id])]);
      const isErased = erased.erased.length === 1;
      expect(held.changed).toEqual(isErased ? [] : [id]);
      const text = (await reviewOf(id)).notes[0]?.text;
      expect(text).toBe(isErased ? '[text erased]' : `${PERSONAL} called us.`);
    }
  });
});

describe('the database by itself, whoever writes to it', () => {
  const tombstone = (id: number, rule = 'REQUEST') =>
    `INSERT INTO console.erasure (id, run_id, verification_id, rule, reason, policy_version, retention_days, resolved_at, counts, by_id, by_name)
     VALUES (gen_random_uuid(), gen_random_uuid(), ${id}, '${rule}', '${REQUEST}', 0, console.retention_days(),
       coalesce(console.resolved_at(${id}), now()), '{}', '${pair.first.id}', 'x')`;
  const together = (...statements: string[]) =>
    db().$transaction(async (tx) => {
      for (const sql of statements) await tx.$executeRawUnsafe(sql);
    });
  const withEvent = (id: number) =>
    `SELECT console.append_audit_event('x', 'x', 'system', 'case.erased', 'verification:${id}', '{"data":{}}')`;

  test('lets no text be erased without a tombstone, nor of another case than the tombstone’s', async () => {
    const [id, other] = [await fullCase(), await fullCase()];
    const agreed = await agreedErasure(id);
    const mark = (of: number) => `UPDATE console.note SET text = '[text erased]' WHERE verification_id = ${of}`;
    await expect(together(mark(id))).rejects.toThrow(/only grows/);
    await expect(together(agreed, tombstone(id), mark(other), withEvent(id))).rejects.toThrow(/no erasure/);
    await expect(together(agreed, tombstone(id), 'DELETE FROM console.note')).rejects.toThrow(/only grows/);
    await expect(together(agreed, tombstone(id), `DELETE FROM console.evidence_copy WHERE verification_id = ${other}`)).rejects.toThrow(
      /only by erasure/,
    );
  });

  test('lets nothing but the text be touched, and nothing but the mark be put in its place', async () => {
    const id = await fullCase();
    const agreed = await agreedErasure(id);
    for (const change of [
      `UPDATE console.note SET text = 'Something else entirely.' WHERE verification_id = ${id}`,
      `UPDATE console.note SET author_name = 'x' WHERE verification_id = ${id}`,
      `UPDATE console.decision SET outcome = 'DECLINED', is_override = false WHERE verification_id = ${id}`,
      `UPDATE console.decision SET rationale = '[text erased]', second_person = NULL WHERE verification_id = ${id}`,
      `UPDATE console.approval SET agrees = false WHERE verification_id = ${id}`,
      `UPDATE console.evidence_hash SET sha256 = repeat('e', 64) WHERE name LIKE 'v_id_${id}%'`,
    ])
      await expect(together(agreed, tombstone(id), change, withEvent(id)), change).rejects.toThrow(/no erasure/);
  });

  test('refuses a tombstone over a held case, one before its time, and one that no event tells of', async () => {
    const id = await fullCase();
    const agreed = await agreedErasure(id);
    await expect(together(tombstone(id, 'RETENTION'), withEvent(id))).rejects.toThrow(/not over/);
    await expect(together(agreed, tombstone(id))).rejects.toThrow(/has no audit event/);
    await hold([id]);
    await expect(together(agreed, tombstone(id), withEvent(id))).rejects.toThrow(/legal hold/);
    await expect(db().$executeRawUnsafe('DELETE FROM console.legal_hold')).rejects.toThrow(/only grows/);
  });

  test('keeps a case as long as version 0 of the rules says, which both sides know', async () => {
    const [row] = await db().$queryRaw<{ days: number }[]>`SELECT console.retention_days() AS days`;
    expect(row?.days).toBe(DEFAULT_POLICY.retentionDays);
  });
});
