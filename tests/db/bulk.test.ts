import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { BATCH_MAX, type BatchInput } from '@/lib/domain/desk-input';
import { claimCase } from '@/lib/review/claim-case';
import { readBatch, runBatch } from '@/lib/review/run-batch';
import { timelineOf } from '@/lib/review/timeline';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';

let database: TestDatabase;
let upstream: RecordUpstream;
let ana: Actor;
let marek: Actor;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => (id < 90 ? { ...sample.result, verificationId: id, verified: false } : null));
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  ana = await person('Ana', 'analyst');
  marek = await person('Marek', 'manager');
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

beforeEach(async () => {
  await db().$executeRawUnsafe('TRUNCATE console.record, console.record_tag, console.record_version, console.claim');
});

const WHY = 'because it has to be looked at';
const run = async (actor: Actor, input: BatchInput, key: string = randomUUID()) => (await runBatch(actor, input, key)).batch;

describe('a bulk act', () => {
  test('says of each case whether it was done or refused, and why, and is kept as it was answered', async () => {
    await fillIndex(1, 4);
    await claimCase(marek, 2);
    const batch = await run(ana, { verb: 'escalate', reason: WHY, ids: [4, 1, 2, 99, 1] });
    expect(batch).toMatchObject({ verb: 'escalate', detail: WHY, query: null, byName: 'Ana', truncated: 0 });
    expect(batch.succeeded).toEqual([4, 1]);
    expect(batch.refused.map(({ id, code }) => [id, code])).toEqual([
      [2, 'claimed'],
      [99, 'not-found'],
    ]);
    expect(await readBatch(batch.id)).toEqual(batch);
    expect((await refusalOf(readBatch(randomUUID()))).code).toBe('not-found');
    expect((await refusalOf(readBatch('x'))).code).toBe('not-found');
  });

  test('names its batch in the event of each case and in one of its own', async () => {
    await fillIndex(11, 12);
    const batch = await run(marek, { verb: 'assign', assigneeId: ana.id, ids: [11, 12] });
    expect(batch.detail).toBe('Ana');
    for (const id of [11, 12])
      expect((await timelineOf(id)).at(-1)).toMatchObject({ action: 'case.assigned', data: { assigneeName: 'Ana', batchId: batch.id } });
    expect(await db().auditEvent.count({ where: { action: 'batch.run', subject: `batch:${batch.id}` } })).toBe(1);
  });

  test('takes the cases a search finds at that moment, and says how many more there were', { timeout: 60_000 }, async () => {
    await fillIndex(1001, 1000 + BATCH_MAX + 5);
    const query = 'result=NOT_VERIFIED&sortBy=receivedAt&direction=asc';
    const batch = await run(marek, { verb: 'release', query });
    expect(batch.succeeded).toHaveLength(BATCH_MAX);
    expect(new Set(batch.succeeded).size).toBe(BATCH_MAX);
    expect(batch).toMatchObject({ query, refused: [], truncated: 5 });
  });

  test('skips none of them although each case leaves the list as it is done', async () => {
    await fillIndex(101, 130);
    const batch = await run(marek, { verb: 'assign', assigneeId: ana.id, query: 'assignee=nobody&sortBy=receivedAt&direction=asc' });
    expect([batch.succeeded.length, batch.truncated]).toEqual([30, 0]);
    expect(await db().record.count({ where: { assigneeId: ana.id } })).toBe(30);
  });

  test('leaves out what was named beyond the first thousand, and counts it', { timeout: 60_000 }, async () => {
    const ids = Array.from({ length: BATCH_MAX + 7 }, (_, index) => 5001 + index);
    const batch = await run(ana, { verb: 'release', ids });
    expect([batch.succeeded.length, batch.truncated]).toEqual([BATCH_MAX, 7]);
  });

  test('claims and gives back what is free, without asking the upstream for each record', async () => {
    await fillIndex(21, 23);
    await claimCase(marek, 22);
    const asked = upstream.asked();
    const claimed = await run(ana, { verb: 'claim', ids: [21, 22, 23] });
    expect(upstream.asked()).toBe(asked);
    expect([claimed.succeeded, claimed.refused.map(({ code }) => code)]).toEqual([[21, 23], ['claimed']]);
    await run(ana, { verb: 'release', ids: [21, 22, 23] });
    expect((await db().claim.findMany()).map(({ verificationId }) => Number(verificationId))).toEqual([22]);
  });

  test('is done once for the same key, and refuses what the role does not grant or nobody can read', async () => {
    await fillIndex(31);
    const key = randomUUID();
    const input: BatchInput = { verb: 'escalate', reason: WHY, ids: [31] };
    const first = await run(ana, input, key);
    expect(await run(ana, input, key)).toEqual(first);
    expect((await refusalOf(run(ana, { ...input, ids: [32] }, key))).code).toBe('key-reused');
    expect((await refusalOf(run(ana, { verb: 'assign', assigneeId: ana.id, ids: [31] }))).code).toBe('forbidden');
    expect((await refusalOf(run(marek, { verb: 'assign', assigneeId: randomUUID(), ids: [31] }))).code).toBe('unprocessable');
    expect((await refusalOf(run(ana, { verb: 'claim', query: 'result=MAYBE' }))).code).toBe('bad-request');
  });
});
