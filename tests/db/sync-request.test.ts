import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST as postSync } from '@/app/api/sync/route';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { followStretch } from '@/lib/mirror/follow-stretch';
import { guardedUpstream } from '@/lib/mirror/record-source';
import { syncStatus } from '@/lib/mirror/sync-status';
import { closeUpstream } from '@/lib/upstream/connection';
import { person } from '../helpers/desk';
import { type ListUpstream, RawRecord, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const SECRET = 'a secret of more than thirty-two characters';
const REFUSED_KEY = 'The verification service does not accept the key; an administrator must check VERIFICATION_API_KEY.';

let database: TestDatabase;
let upstream: ListUpstream;
let people: Record<'analyst' | 'auditor' | 'manager' | 'admin', Actor>;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    LOG_LEVEL: 'silent',
  });
  people = {
    analyst: await person('Ana', 'analyst'),
    auditor: await person('Otto', 'auditor'),
    manager: await person('Marek', 'manager'),
    admin: await person('Ada', 'admin'),
  };
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

beforeEach(async () => {
  upstream.records = new Map(Array.from({ length: 30 }, (_, index) => [index + 1, recordOf(index + 1)]));
  upstream.beforeAnswer = () => null;
  await db().$executeRawUnsafe(
    'TRUNCATE console.record, console.record_tag, console.sync_state, console.unreadable_record, console.sync_request',
  );
});

async function request({ sessionId }: Actor): Promise<Response> {
  const cookie = `next-auth.session-token=${await encode({ token: { sid: sessionId }, secret: SECRET })}`;
  const asked = new NextRequest('http://localhost:3000/api/sync', { method: 'POST', headers: { cookie } });
  return postSync(asked, { params: Promise.resolve({}) });
}

const follow = () => followStretch(new AbortController().signal, Number.POSITIVE_INFINITY);
const asked = () => db().auditEvent.findMany({ where: { action: 'sync.requested' }, orderBy: { seq: 'asc' } });

describe('a sync that someone requests', () => {
  test('is allowed to managers and administrators, is on the record, and is one at a time', async () => {
    expect((await request(people.analyst)).status).toBe(403);
    expect((await request(people.auditor)).status).toBe(403);
    const answers = await Promise.all([request(people.manager), request(people.admin), request(people.manager)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    expect(await asked()).toMatchObject([{ subject: 'records:index' }]);
    expect((await syncStatus()).request).toMatchObject({ startedAt: null, finishedAt: null });
    expect(await follow()).toEqual({ state: 'done' });
    expect((await syncStatus()).request).toMatchObject({ startedAt: expect.any(Number), finishedAt: expect.any(Number), failure: null });
    expect((await request(people.admin)).status).toBe(202);
    expect(await asked()).toHaveLength(2);
  });

  test('takes over what is new and reads again what could not be read', async () => {
    for (const id of [3, 4]) upstream.records.set(id, new RawRecord('{"broken'));
    for (let id = 31; id <= 150; id += 1) upstream.records.set(id, recordOf(id));
    await db().$executeRaw`INSERT INTO console.sync_state (kind, started_at, finished_at, cursor) VALUES ('backfill', now(), now(), -1)`;
    await follow();
    expect((await syncStatus()).unreadable).toBe(2);
    for (const id of [3, 4]) upstream.records.set(id, recordOf(id));
    await follow();
    expect((await syncStatus()).unreadable).toBe(2);
    await request(people.manager);
    await follow();
    expect((await syncStatus()).unreadable).toBe(0);
    expect(await db().record.count()).toBe(150);
  });

  test('tries at once while the console pauses its requests, and says why it failed', async () => {
    upstream.beforeAnswer = () => ({ kind: 'status', status: 401 });
    for (let failures = 0; failures < 8; failures += 1) await follow();
    upstream.paths = [];
    expect(await follow()).toMatchObject({ state: 'waits' });
    expect(upstream.paths).toEqual([]);
    await request(people.manager);
    await follow();
    expect(upstream.paths).toHaveLength(1);
    expect((await syncStatus()).request).toMatchObject({ finishedAt: expect.any(Number), failure: REFUSED_KEY });
    upstream.beforeAnswer = () => null;
    await request(people.manager);
    expect(await follow()).toEqual({ state: 'done' });
    expect(await follow()).toEqual({ state: 'done' });
    expect(await syncStatus()).toMatchObject({ failure: null, retryAt: null, request: { failure: null } });
  });

  test('does not wait for ever for a process that is gone', async () => {
    await request(people.manager);
    await db().$executeRaw`UPDATE console.sync_request SET requested_at = requested_at - interval '6 minutes'`;
    expect((await request(people.admin)).status).toBe(202);
    expect(await db().syncRequest.findMany({ orderBy: { requestedAt: 'asc' }, select: { failure: true } })).toEqual([
      { failure: 'No sync process finished this request.' },
      { failure: null },
    ]);
  });
});

test('a breaker that is open keeps the last cause and says when it tries next, and not a moment earlier does it ask', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const source = guardedUpstream();
    upstream.beforeAnswer = () => ({ kind: 'status', status: 402 });
    const ask = () => source.page('asc', 0, 10);
    for (let failures = 0; failures < 5; failures += 1) await expect(ask()).rejects.toMatchObject({ code: 'upstream-refused' });
    const paused = await ask().catch((failure: unknown) => failure);
    expect(paused).toMatchObject({ code: 'upstream-unavailable', message: expect.stringContaining('usage limit is reached') });
    expect(paused).toMatchObject({ message: expect.stringContaining('After 5 failures in a row the console pauses its requests.') });
    const { retryAfter = 0 } = paused as { retryAfter?: number };
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    upstream.paths = [];
    upstream.beforeAnswer = () => null;
    await ask().catch(() => undefined);
    expect(upstream.paths).toEqual([]);
    vi.setSystemTime(Date.now() + retryAfter * 1000);
    expect((await ask()).entries).toHaveLength(10);
  } finally {
    vi.useRealTimers();
  }
});
