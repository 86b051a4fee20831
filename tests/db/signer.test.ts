import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collectNotices } from '@/app/notices/collect-notices';
import { appendAuditEvent } from '@/lib/audit/append';
import { chainVerdict } from '@/lib/audit/chain-verdict';
import { checkpointFolder, readCheckpoints, readLastCheckpoint } from '@/lib/audit/checkpoint-files';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { declareRestore } from '@/lib/audit/declare-restore';
import { findLoss } from '@/lib/audit/find-loss';
import { logState } from '@/lib/audit/log-state';
import { recordReading } from '@/lib/audit/record-reading';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { endSession, startSession } from '@/lib/auth/sessions';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { createExport } from '@/lib/export/create-export';
import { auditTasks } from '@/lib/jobs/audit-tasks';
import { refusalOf, unrecordedUser } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { appendedPast, hashedAnew, type Owner, ownerOf } from '../helpers/tampering';

let database: TestDatabase;
let owner: Owner;
let auditor: Actor;

const append = (text: string) =>
  db().$transaction((tx) =>
    appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'note.added', subject: 'verification:5', data: { noteId: 'n', text } }),
  );
const origin = { requestId: 'r1', ip: null, userAgent: null };
const linesSigned = () => readCheckpoints().heads.length;
const deleteAfter = (seq: number) =>
  `DELETE FROM console.audit_payload WHERE seq > ${seq}; DELETE FROM console.audit_event WHERE seq > ${seq}`;

beforeAll(async () => {
  database = await testDatabase();
  auditor = { ...(await unrecordedUser('Auditor', 'auditor')), sessionId: null, origin };
  for (let n = 1; n <= 6; n += 1) await append(`note ${n}`);
  await checkpointNow();
  for (let n = 7; n <= 9; n += 1) await append(`note ${n}`);
  await checkpointNow();
  await append('not signed yet');
  owner = await ownerOf(database.url);
});

afterAll(async () => {
  await owner.end();
  await db().$disconnect();
  await database.drop();
});

const FORGERIES: Record<string, [changed: string, appended?: string]> = {
  'a payload changed and every hash computed anew': [
    `UPDATE console.audit_payload SET data = replace(data, 'note 3', 'note X') WHERE seq = 3; ${hashedAnew(3)}`,
  ],
  'everything written under another name': [`UPDATE console.audit_event SET actor_name = 'Mallory'; ${hashedAnew(1)}`],
  'a signed event replaced by another one': [deleteAfter(8), appendedPast('instead')],
  'signed events replaced by more than there were': [deleteAfter(7), [1, 2, 3, 4].map((n) => appendedPast(`instead ${n}`)).join('; ')],
  'the payload of an event that is not signed yet gone': ['DELETE FROM console.audit_payload WHERE seq = 10'],
  'the payload of an event that is not signed yet changed': [
    `UPDATE console.audit_payload SET data = replace(data, 'not', 'now') WHERE seq = 10`,
  ],
};

const forge = (name: string) => owner.tamper(...(FORGERIES[name] ?? ['no such forgery']));

describe('a signer that is asked to sign a forged chain', () => {
  afterEach(async () => {
    await owner.restore();
    expect((await chainVerdict(SYSTEM_ACTOR, { again: true })).state).toMatchObject({ signing: 'on', open: true });
  });

  test.each(Object.keys(FORGERIES))('stops: %s', async (forgery) => {
    await forge(forgery);
    const before = linesSigned();
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict' });
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict' });
    expect(linesSigned()).toBe(before);
    expect(await logState()).toMatchObject({ signing: 'stopped', kind: 'contradicted', open: true });
    const written = JSON.parse(readFileSync(join(checkpointFolder(), 'signing-stopped.json'), 'utf8'));
    expect(written).toMatchObject({ kind: 'contradicted', reason: (await logState()).reason });
  });

  test.each(['deleted its newest events', 'deleted all of it'])('stops and takes no event when the owner %s', async (what) => {
    await owner.tamper(deleteAfter(what.includes('all') ? 0 : 7));
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict', message: expect.stringContaining('Event 9 was signed') });
    expect(await refusalOf(append('lost'))).toMatchObject({ code: 'log-closed' });
    await expect.poll(() => logState()).toMatchObject({ signing: 'stopped', kind: 'behind', open: false });
    expect(await collectNotices(auditor)).toMatchObject([
      {
        severity: 'alarm',
        href: '/settings/audit-log',
        text: expect.stringMatching(/^The audit log takes no events\. Event 9 was signed/),
      },
    ]);
    expect(await collectNotices({ ...auditor, role: 'analyst' })).toMatchObject([
      { text: expect.stringMatching(/^Nothing can be recorded/) },
    ]);
  });

  test('stops after the nightly walk when only an old payload was changed, and goes on once it is back', async () => {
    await owner.tamper(`UPDATE console.audit_payload SET data = replace(data, 'note 3', 'note X') WHERE seq = 3`);
    const walk = auditTasks().find(({ name }) => name === 'audit.walk');
    await walk?.run(new AbortController().signal);
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict', message: expect.stringContaining('event 3') });
  });

  test('stays stopped when the owner clears the row of the database, because the folder has the reason', async () => {
    await forge('everything written under another name');
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict' });
    await owner.tamper('UPDATE console.audit_log_state SET stopped_at = NULL, stopped_kind = NULL, stopped_reason = NULL');
    expect(await logState()).toMatchObject({ signing: 'stopped', kind: 'contradicted' });
  });

  test('refuses an export with the reason, and records that', async () => {
    await forge('a payload changed and every hash computed anew');
    const { export: begun, done } = await createExport(auditor, { kind: 'audit-log', format: 'jsonl', query: '' }, (fault) => {
      throw fault;
    });
    await done;
    const row = await db().export.findUniqueOrThrow({ where: { id: begun.id } });
    expect(row).toMatchObject({
      state: 'FAILED',
      failure: expect.stringMatching(/^Nothing was exported, because the end of the audit log cannot be signed\./),
    });
    const [refused, ...others] = await db().auditEvent.findMany({ where: { action: 'export.refused' } });
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ subject: `export:${begun.id}`, actorId: auditor.id });
  });
});

describe('a file of signed heads', () => {
  test('that a power cut left open is closed before the next head, and the torn line is named and skipped', async () => {
    const file = join(checkpointFolder(), readdirSync(checkpointFolder()).find((name) => name.endsWith('.jsonl')) ?? '');
    const torn = readFileSync(file, 'utf8').split('\n').length;
    appendFileSync(file, '{"seq":10,"hash":"12');
    const signed = await checkpointNow();
    expect(readLastCheckpoint()).toMatchObject({ seq: 10, signature: signed?.signature });
    const { verdict } = await chainVerdict(SYSTEM_ACTOR, { again: true });
    expect(verdict).toMatchObject({ whole: true, torn: [{ line: torn }] });
    await append('after the power cut');
    expect(await checkpointNow()).toMatchObject({ seq: 11 });
    expect((await verifyStoredChain()).torn).toHaveLength(1);
  });

  test('with a public key cut short by a power cut gets the key again', async () => {
    const folder = checkpointFolder();
    const key = readdirSync(folder).find((name) => name.endsWith('.pub')) ?? '';
    writeFileSync(join(folder, key), '');
    await append('with a torn key');
    expect(await checkpointNow()).toMatchObject({ seq: 12 });
    expect(readFileSync(join(folder, key), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test('that is gone stops the signer until an administrator confirms it; what the table shows is written back', async () => {
    const folder = checkpointFolder();
    renameSync(folder, `${folder}-gone`);
    await append('nobody signs this');
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict', message: expect.stringContaining('is empty') });
    // A disk that was not mounted comes back: nothing has to be confirmed.
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-gone`, folder);
    expect(await checkpointNow()).toMatchObject({ seq: 13 });
    expect(await logState()).toMatchObject({ signing: 'on' });
    renameSync(folder, `${folder}-gone`);
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict', message: expect.stringContaining('is empty') });
    expect(await logState()).toMatchObject({ signing: 'stopped', kind: 'no-heads', open: true });
    expect(await findLoss()).toMatchObject({ folderLost: true, lost: null });
    expect(await declareRestore({ reason: 'The disk is gone', osUser: 'root', newKey: false })).toMatchObject({ seq: 14 });
    expect(readCheckpoints().heads.map(({ seq }) => seq)).toEqual([6, 9, 10, 11, 12, 13, 14]);
    expect(await logState()).toMatchObject({ signing: 'on' });
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
    rmSync(`${folder}-gone`, { recursive: true });
  });
});

// Last in this file: the log goes on from an older state.
describe('a console without the folder of the signed heads', () => {
  /** Runs a work as a console on another machine would, which has no folder of its own. */
  async function withoutFolder(work: () => Promise<void>): Promise<void> {
    const [folder, away] = [checkpointFolder(), `${checkpointFolder()}-elsewhere`];
    renameSync(folder, away);
    try {
      await work();
    } finally {
      rmSync(folder, { recursive: true, force: true });
      renameSync(away, folder);
    }
  }

  test('records nothing and says why while nobody who holds it has confirmed the database, as after a restore', async () => {
    const read = (subject: string) =>
      recordReading(auditor, {
        ...{ action: 'case.viewed', subject, same: {} },
        event: () => ({ action: 'case.viewed', subject, data: {} }),
      });
    const before = await db().auditEvent.count();
    await owner.tamper(`UPDATE console.audit_log_state SET confirmed_at = now() - interval '11 minutes'`);
    await withoutFolder(async () => {
      expect(await refusalOf(append('unseen'))).toMatchObject({
        code: 'log-closed',
        message: expect.stringContaining('AUDIT_CHECKPOINT_DIR'),
      });
      expect(await refusalOf(read('verification:8'))).toMatchObject({ code: 'log-closed' });
      expect(await logState()).toMatchObject({ signing: 'late', open: false });
      expect(await collectNotices(auditor)).toMatchObject([{ severity: 'alarm', text: expect.stringContaining('AUDIT_CHECKPOINT_DIR') }]);
    });
    expect(await db().auditEvent.count()).toBe(before);
    // The jobs hold the folder, and sign or look every 20 seconds.
    await checkpointNow();
    await withoutFolder(async () => expect(await logState()).toMatchObject({ open: true }));
    expect(await logState()).toMatchObject({ signing: 'on', open: true });
  });
});

describe('a database restored from an older state', () => {
  test('takes no event, not even one for the first number, and names what was signed and is lost', async () => {
    await owner.keep();
    for (let n = 15; n <= 20; n += 1) await append(`lost ${n}`);
    await checkpointNow();
    await owner.restore();
    expect(await refusalOf(append('first after the restore'))).toMatchObject({
      code: 'log-closed',
      message: expect.stringMatching(/not stored/),
    });
    await expect.poll(async () => (await logState()).open).toBe(false);
    // Another console, which cannot read the folder: the database itself refuses.
    await expect(db().$executeRawUnsafe(appendedPast('past the program'))).rejects.toThrow(/closed/);
    expect(await findLoss()).toMatchObject({ head: { seq: 14 }, lost: { from: 15, to: 20 }, replaced: 0, folderLost: false });
    expect(await verifyStoredChain()).toMatchObject({ whole: false, broken: { seq: 15, field: 'checkpoint' } });
  });

  test('refuses a sign-in clearly and still ends a session', async () => {
    expect(await refusalOf(startSession(origin, auditor.id, 'password'))).toMatchObject({ code: 'log-closed' });
    const { id: session } = await db().session.create({ data: { userId: auditor.id, expiresAt: new Date(Date.now() + 60_000) } });
    await endSession(origin, session);
    expect((await db().session.findUniqueOrThrow({ where: { id: session } })).revokedAt).not.toBeNull();
  });

  test('is not opened by an event the owner forged, only by a declaration the key signed', async () => {
    await owner.tamper('UPDATE console.audit_log_state SET closed_at = NULL', appendedPast('forged', 'log.restored'));
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict' });
    expect(await verifyStoredChain()).toMatchObject({ whole: false });
    await owner.restore();
  });

  test('takes no event of reading either, and one that a console without the folder appended is part of the loss', async () => {
    const read = () =>
      recordReading(auditor, {
        ...{ action: 'case.viewed', subject: 'verification:7', same: {} },
        event: () => ({ action: 'case.viewed', subject: 'verification:7', data: {} }),
      });
    // Nothing has closed the log yet: the number alone shows that the database is older.
    await owner.tamper('UPDATE console.audit_log_state SET closed_at = NULL');
    expect(await refusalOf(read())).toMatchObject({ code: 'log-closed' });
    await expect.poll(async () => (await db().auditLogState.findUniqueOrThrow({ where: { id: 1 } })).closedAt).not.toBeNull();
    expect(await db().auditEvent.count()).toBe(14);
    expect(await refusalOf(read())).toMatchObject({ code: 'log-closed' });
    // Without the head of event 14, as when heads are signed further apart.
    await owner.tamper('UPDATE console.audit_log_state SET closed_at = NULL', `${appendedPast('again 15')}; ${appendedPast('again 16')}`);
    const file = join(checkpointFolder(), readdirSync(checkpointFolder()).find((name) => name.endsWith('.jsonl')) ?? '');
    const all = readFileSync(file, 'utf8');
    writeFileSync(file, all.replace(/^.*"seq":14.*\n/m, ''));
    expect(await findLoss()).toMatchObject({ lost: { from: 15, to: 20 }, keptByTimes: { from: 14, to: 14 }, replaced: 2 });
    writeFileSync(file, all);
    await owner.restore();
  });

  test('is not declared while events contradict signed heads, unless their number is confirmed', async () => {
    const before = await db().auditEvent.count();
    const declaration = { reason: 'The disk failed', osUser: 'root', newKey: false };
    const [signed] = readCheckpoints().heads.filter(({ seq }) => seq === 20);
    // A forgery that is whole in itself: others for the events from 15 on, under the name of a signed head.
    const others = Array.from({ length: 7 }, (_, n) => appendedPast(`forged ${n}`)).join('; ');
    await owner.tamper('UPDATE console.audit_log_state SET closed_at = NULL', others);
    for (const replaced of [undefined, 6, 8]) {
      const refusal = await refusalOf(declareRestore({ ...declaration, ...(replaced && { replaced }) }));
      expect(refusal).toMatchObject({ code: 'conflict', message: expect.stringContaining('7 other events from 15 on') });
      expect(refusal.message).toContain(`Event 20, signed at ${signed?.at} with the hash ${signed?.hash}, is another one there.`);
    }
    expect(await db().auditEvent.count()).toBe(before + 7);
    expect(await refusalOf(checkpointNow())).toMatchObject({ code: 'conflict' });
    await owner.restore();
    expect(await refusalOf(declareRestore({ ...declaration, replaced: 7 }))).toMatchObject({
      message: expect.stringContaining('no other'),
    });
  });

  test('goes on once the loss is declared: the gap is named, and a second head for a lost number is explained', async () => {
    const declared = await declareRestore({ reason: 'The disk failed', osUser: 'root', newKey: false });
    expect(declared).toMatchObject({ seq: 15, loss: { lost: { from: 15, to: 20 } } });
    expect(await logState()).toMatchObject({ signing: 'on', open: true });
    const event = await db().auditEvent.findUniqueOrThrow({ where: { seq: 15 }, include: { payload: true } });
    expect(event.action).toBe('log.restored');
    expect(JSON.parse(event.payload?.data ?? '')).toMatchObject({
      data: { lost: { from: 15, to: 20 }, osUser: 'root', reason: 'The disk failed' },
    });
    const gaps = [{ from: 15, to: 20, seq: 15 }];
    expect(await verifyStoredChain()).toMatchObject({ whole: true, gaps });
    for (let n = 16; n <= 20; n += 1) await append(`again ${n}`);
    expect(await checkpointNow()).toMatchObject({ seq: 20 });
    expect(readCheckpoints().heads.filter(({ seq }) => seq === 20)).toHaveLength(2);
    expect(await verifyStoredChain()).toMatchObject({ whole: true, head: { seq: 20 }, gaps });
    expect(await findLoss()).toBeNull();
    // What was signed after the declaration is no part of the gap.
    await owner.tamper(deleteAfter(19), appendedPast('forged in the gap'));
    expect(await verifyStoredChain()).toMatchObject({ whole: false, broken: { seq: 20, field: 'checkpoint' } });
  });
});
