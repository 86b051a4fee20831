import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadCase } from '@/app/(console)/verifications/[id]/load-case';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { UPSTREAM as source } from '@/lib/mirror/record-source';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import { runStretch } from '@/lib/mirror/run-stretch';
import { syncStatus } from '@/lib/mirror/sync-status';
import { unreadableRecord, unreadableRecords } from '@/lib/mirror/unreadable-records';
import { closeUpstream } from '@/lib/upstream/connection';
import { person } from '../helpers/desk';
import { type ListUpstream, RawRecord, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let upstream: ListUpstream;
let ana: Actor;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  ana = await person('Ana', 'analyst');
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

beforeEach(async () => {
  upstream.records = new Map(Array.from({ length: 250 }, (_, index) => [index + 1, recordOf(index + 1)]));
  await db().$executeRawUnsafe(
    'TRUNCATE console.record, console.record_tag, console.record_version, console.sync_state, console.unreadable_record',
  );
});

const stretch = (kind: 'backfill' | 'follow' | 'sweep') =>
  runStretch(kind, { signal: new AbortController().signal, until: Number.POSITIVE_INFINITY, source, restMs: 0 });
const textOf = (id: number) => JSON.stringify(recordOf(id));
const listed = async () => (await unreadableRecords()).map(({ firstSeenAt: _, lastSeenAt: __, ...record }) => record);

/** Spoils six records, each in its own way. */
function spoil(): void {
  const deep = JSON.parse(`{"technicalChecks":${'['.repeat(300)}${']'.repeat(300)}}`);
  upstream.records.set(5, recordOf(5, { modelResults: deep }));
  upstream.records.set(7, new RawRecord(textOf(7).replace('passport.jpg', 'pass"port.jpg')));
  upstream.records.set(20, 'gone');
  upstream.records.set(120, new RawRecord(textOf(120).replace(/"verificationId":\d+/, '"verificationId":"one\u0000hundred"')));
  upstream.records.set(130, { ...recordOf(130), verificationId: undefined });
  upstream.records.set(250, new RawRecord(textOf(250).replace(/"verificationId":\d+/, '"verificationId":9007199254740993')));
}

const SPOILED = [
  { id: 5, givenId: null, position: 5, flaw: 'too-deep' },
  { id: 7, givenId: '7', position: 7, flaw: 'not-json' },
  { id: 20, givenId: null, position: 20, flaw: 'no-object' },
  { id: 120, givenId: expect.stringMatching(/^one.?hundred$/), position: 120, flaw: expect.any(String) },
  { id: 130, givenId: null, position: 130, flaw: 'no-number' },
  { id: null, givenId: '9007199254740993', position: 250, flaw: 'number-too-large' },
];

describe('records that cannot be read', () => {
  test('are counted and listed with their number where it can be told, their place and what is wrong, and all others arrive', async () => {
    spoil();
    expect(await stretch('backfill')).toEqual({ state: 'done' });
    expect(await listed()).toEqual(SPOILED);
    expect((await syncStatus()).unreadable).toBe(6);
    expect(await db().record.count()).toBe(244);
  });

  test('keep the time they were first met, and leave the list when they are read again, by whatever part of the sync', async () => {
    spoil();
    await stretch('backfill');
    const before = await unreadableRecords();
    await stretch('follow');
    await stretch('sweep');
    const after = await unreadableRecords();
    expect(after.map(({ firstSeenAt }) => firstSeenAt)).toEqual(before.map(({ firstSeenAt }) => firstSeenAt));
    expect(after.every(({ lastSeenAt }, at) => lastSeenAt > (before[at]?.lastSeenAt ?? 0))).toBe(true);
    upstream.records.set(5, recordOf(5));
    await refreshRecord(5, undefined, source);
    expect((await listed()).map(({ id }) => id)).toEqual([7, 20, 120, 130, null]);
    upstream.records.set(250, recordOf(250));
    await stretch('follow');
    expect((await listed()).map(({ id }) => id)).toEqual([7, 20, 120, 130]);
    for (const id of [1, 2, 7, 120]) upstream.records.delete(id);
    upstream.records.set(130, recordOf(130));
    await stretch('sweep');
    expect(await listed()).toEqual([{ ...SPOILED[2], position: 17 }]);
  });

  test('have a case that says what is wrong and since when', async () => {
    spoil();
    await stretch('backfill');
    for (const [id, wrong] of [
      [5, 'It is nested more than 200 levels deep.'],
      [7, 'Its JSON cannot be parsed.'],
      [20, 'There is a text, a number, a list or nothing in place of the record.'],
      [130, 'Its verificationId is missing or is not a whole number.'],
    ] as const) {
      const { record, recordProblem, history } = await loadCase(ana, id, { blind: false });
      expect(record).toBeNull();
      expect(history).not.toBeNull();
      expect(recordProblem?.title).toBe(`Verification ${id} cannot be read`);
      expect(recordProblem?.sentence).toContain(wrong);
      const since = (await unreadableRecord(String(id)))?.firstSeenAt ?? 0;
      expect(recordProblem?.sentence).toContain(new Date(since).toISOString().slice(0, 16).replace('T', ' '));
    }
  });
});
