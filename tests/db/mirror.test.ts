import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GET as getSync } from '@/app/api/sync/route';
import { db } from '@/lib/db/client';
import { findingsOf } from '@/lib/domain/finding';
import { reconcileRecords } from '@/lib/mirror/reconcile-records';
import { guardedUpstream, UPSTREAM as source } from '@/lib/mirror/record-source';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import { runStretch } from '@/lib/mirror/run-stretch';
import { syncStatus } from '@/lib/mirror/sync-status';
import { adaptVerification } from '@/lib/upstream/adapt';
import { closeUpstream } from '@/lib/upstream/connection';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { anyRecordOf, type Fault, type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let upstream: ListUpstream;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    LOG_LEVEL: 'silent',
    UPSTREAM_TIMEOUT_MS: '2000',
  });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

beforeEach(async () => {
  upstream.records.clear();
  Object.assign(upstream, { beforeAnswer: () => null, limitMax: 100, paths: [] });
  await empty();
});

// Whatever was taken over, each row is what its own text comes to, and each earlier version what its fingerprint says.
afterEach(async () => {
  expect(await reconcileRecords()).toEqual({ first: null, differences: 0 });
});

const empty = () =>
  db().$executeRawUnsafe(
    'TRUNCATE console.record, console.record_tag, console.record_version, console.sync_state, console.unreadable_record',
  );

/** The upstream without a breaker in front, whose pauses no test can wait for. */
const stretch = (kind: 'backfill' | 'follow' | 'sweep', until = Number.POSITIVE_INFINITY, signal = new AbortController().signal) =>
  runStretch(kind, { signal, until, source, restMs: 0 });

function fill(from: number, to: number): void {
  for (let id = from; id <= to; id += 1) upstream.records.set(id, recordOf(id));
}

/** Number and fingerprint of what the index holds, and whether it is marked as missing. */
async function indexed(): Promise<Map<number, { hash: string; isMissing: boolean }>> {
  const rows = await db().record.findMany({ select: { verificationId: true, snapshotHash: true, upstreamMissingAt: true } });
  return new Map(
    rows.map((row) => [Number(row.verificationId), { hash: row.snapshotHash, isMissing: row.upstreamMissingAt !== null }] as const),
  );
}

async function presentNow(): Promise<Map<number, string>> {
  return new Map([...(await indexed())].filter(([, { isMissing }]) => !isMissing).map(([id, { hash }]) => [id, hash]));
}

const listedNow = () => new Map([...upstream.records].map(([id, record]) => [id, snapshotHash(record)]));

describe('taking over all records', () => {
  test('a backfill ends with exactly what the upstream lists, and the grid’s columns, tags and findings of each', async () => {
    fill(1, 437);
    upstream.records.set(438, recordOf(438, { timestamp: 1_770_984_835_000, verified: false, tags: { customer: 'a=b,"c"%', plain: 'x' } }));
    expect(await stretch('backfill')).toEqual({ state: 'done' });
    expect(await presentNow()).toEqual(listedNow());
    const row = await db().record.findUniqueOrThrow({ where: { verificationId: 438 } });
    expect(row).toMatchObject({ machineResult: 'NOT_VERIFIED', idFileName: 'passport.jpg', idFileSize: 174112n, state: 'OPEN' });
    expect(row.receivedAt?.getTime()).toBe(1_770_984_835_000);
    expect(row.confidence).toBeCloseTo(0.9865);
    expect(row.findings).toContain('ghost-portrait');
    expect(JSON.parse(row.raw)).toEqual(upstream.records.get(438));
    const tags = await db().recordTag.findMany({ where: { verificationId: 438 }, orderBy: { name: 'asc' } });
    expect(tags.map(({ name, value }) => [name, value])).toEqual([
      ['customer', 'a=b,"c"%'],
      ['plain', 'x'],
    ]);
    expect(await syncStatus()).toMatchObject({ backfill: { isDone: true, done: 438, total: 438 }, failure: null, unreadable: 0 });
  });

  test('text, numbers and times the database has no room for keep neither their record nor its neighbours out', async () => {
    fill(1, 5);
    const odd = { idFileName: 'a\u0000b\ud800c', model: 'm'.repeat(5000), timestamp: -8_000_000_000_000, idFileSize: 9007199254740991 };
    const tags = [
      { name: 'zero\u0000', value: '\udc00' },
      { name: '😀'.repeat(900), value: 'é'.repeat(9000) },
    ];
    const checks = [{ type: 'FACE_MATCH', status: 'PASS', similarity: 1e300 }];
    upstream.records.set(3, recordOf(3, { ...odd, tags, modelResults: { technicalChecks: checks } }));
    await stretch('backfill');
    expect(await presentNow()).toEqual(listedNow());
    const row = await db().record.findUniqueOrThrow({ where: { verificationId: 3 } });
    expect(row).toMatchObject({ idFileName: 'a\uFFFDb\uFFFDc', similarity: null });
    expect(JSON.parse(row.raw)).toEqual(upstream.records.get(3));
    expect(await db().recordTag.count({ where: { verificationId: 3 } })).toBe(2);
  });

  test('what is no UTF-8 is taken over as well as it can be read, and its neighbours as they are', async () => {
    fill(1, 5);
    upstream.records.set(3, recordOf(3, { idFileName: 'café.jpg' }));
    upstream.beforeAnswer = () => ({ kind: 'latin1' });
    await stretch('backfill');
    const row = await db().record.findUniqueOrThrow({ where: { verificationId: 3 } });
    expect(row.idFileName).toBe('caf\uFFFD.jpg');
    expect(JSON.parse(row.raw)).toEqual({ ...recordOf(3), idFileName: 'caf\uFFFD.jpg' });
    expect([...(await presentNow())].filter(([id]) => id !== 3)).toEqual([...listedNow()].filter(([id]) => id !== 3));
  });

  test('entries that are no records are counted and told, wherever they stand, and the others are taken over', async () => {
    fill(1, 350);
    for (const id of [1, 99, 100, 101, 199, 350]) upstream.records.set(id, { oops: id });
    let deep: unknown = 1;
    for (let level = 0; level < 300; level += 1) deep = [deep];
    upstream.records.set(250, recordOf(250, { modelResults: deep }));
    expect(await stretch('backfill')).toEqual({ state: 'done' });
    expect((await presentNow()).size).toBe(350 - 7);
    expect((await syncStatus()).unreadable).toBe(7);
  });

  test('a whole page of entries that are no records does not end the list', async () => {
    fill(1, 500);
    for (let id = 100; id < 320; id += 1) upstream.records.set(id, { oops: id });
    expect(await stretch('backfill')).toEqual({ state: 'done' });
    expect((await presentNow()).size).toBe(500 - 220);
    expect((await syncStatus()).unreadable).toBe(220);
  });

  test('an upstream that gives fewer a page than asked for is read to its end', async () => {
    upstream.limitMax = 25;
    fill(1, 333);
    await stretch('backfill');
    expect(await presentNow()).toEqual(listedNow());
  });

  test('records deleted before the place reached make nothing slip through', async () => {
    fill(1, 600);
    let deleted = 0;
    upstream.beforeAnswer = () => {
      if (deleted < 150) for (let n = 0; n < 50; n += 1) upstream.records.delete(++deleted);
      return null;
    };
    await stretch('backfill');
    const held = await presentNow();
    expect([...upstream.records.keys()].filter((id) => !held.has(id))).toEqual([]);
  });

  test('a stretch that is over goes on later, at the next page and not from the start', async () => {
    fill(1, 1000);
    expect(await stretch('backfill', 0)).toEqual({ state: 'stopped' });
    const first = await presentNow();
    expect(first.size).toBe(100);
    upstream.paths.length = 0;
    expect(await stretch('backfill')).toEqual({ state: 'done' });
    expect(upstream.paths[0]).toContain('offset=99&');
    expect(await presentNow()).toEqual(listedNow());
  });
});

describe('following the newest', () => {
  test('takes over what is new and what changed, and leaves the review’s columns alone', async () => {
    fill(1, 50);
    await stretch('follow');
    await stretch('backfill');
    const reviewerId = '00000000-0000-4000-8000-000000000001';
    await db().record.update({ where: { verificationId: 40 }, data: { state: 'RESOLVED', reviewerId, assigneeId: reviewerId } });
    upstream.records.set(40, recordOf(40, { verified: false, tags: [{ name: 'new', value: '1' }] }));
    upstream.records.set(51, recordOf(51));
    await stretch('follow');
    expect(await presentNow()).toEqual(listedNow());
    const row = await db().record.findUniqueOrThrow({ where: { verificationId: 40 } });
    expect(row).toMatchObject({ machineResult: 'NOT_VERIFIED', state: 'RESOLVED', reviewerId, assigneeId: reviewerId });
    const before = await db().recordVersion.findMany();
    expect(before.map(({ verificationId, snapshotHash: hash }) => [verificationId, hash])).toEqual([[40n, snapshotHash(recordOf(40))]]);
    expect(await db().recordTag.findMany({ where: { verificationId: 40 } })).toMatchObject([{ name: 'new', value: '1' }]);
  });

  test('more new records than a page shows leave no gap, also when it stops in the middle', async () => {
    fill(1, 120);
    await stretch('follow');
    await stretch('backfill');
    fill(121, 900);
    expect(await stretch('follow', 0)).toEqual({ state: 'stopped' });
    expect((await presentNow()).size).toBeGreaterThan(120);
    expect(await stretch('follow')).toEqual({ state: 'done' });
    expect(await presentNow()).toEqual(listedNow());
  });

  test('records that come while the index is first filled are there at its end', async () => {
    fill(1, 300);
    await stretch('follow');
    await stretch('backfill', 0);
    fill(301, 650);
    await stretch('follow', 0);
    await stretch('backfill');
    await stretch('follow');
    expect(await presentNow()).toEqual(listedNow());
  });
});

describe('the sweep', () => {
  test('marks a record as missing only when the upstream says so by its number, and unmarks it when it is back', async () => {
    fill(1, 320);
    await stretch('backfill');
    const lost = upstream.records.get(150);
    upstream.records.delete(150);
    upstream.records.delete(320);
    const hide: Fault = { kind: 'entries', change: (entries) => entries.filter((_, index) => index !== 30) };
    upstream.beforeAnswer = (path) => (path === '/v1/verification' ? hide : null);
    expect(await stretch('sweep')).toEqual({ state: 'done' });
    expect(
      [...(await indexed())]
        .filter(([, { isMissing }]) => isMissing)
        .map(([id]) => id)
        .toSorted(),
    ).toEqual([150, 320]);
    expect((await indexed()).size).toBe(320);
    upstream.beforeAnswer = () => null;
    upstream.records.set(150, lost);
    await stretch('sweep');
    expect(await presentNow()).toEqual(listedNow());
    expect(await db().recordVersion.count()).toBe(0);
  });
});

describe('a failing upstream', () => {
  test('is told in one sentence with the time it asked for, left alone until then, and forgotten with the next success', async () => {
    fill(1, 10);
    upstream.beforeAnswer = () => ({ kind: 'status', status: 429, headers: { 'retry-after': '120' } });
    const result = await stretch('follow');
    expect(result.state).toBe('waits');
    const status = await syncStatus();
    expect(status.failure).toContain('asks for fewer requests');
    expect((status.retryAt ?? 0) - Date.now()).toBeGreaterThan(110_000);
    upstream.paths.length = 0;
    expect((await stretch('backfill')).state).toBe('waits');
    expect(upstream.paths).toEqual([]);
    upstream.beforeAnswer = () => null;
    await db().syncState.updateMany({ data: { retryAt: new Date() } });
    expect(await stretch('follow')).toEqual({ state: 'done' });
    expect(await syncStatus()).toMatchObject({ failure: null, retryAt: null });
  });

  test('that says nothing at all is given up after its time, told, and asked again later from where it was', async () => {
    fill(1, 250);
    let asked = 0;
    upstream.beforeAnswer = () => (++asked === 2 ? { kind: 'hang' } : null);
    expect((await stretch('backfill')).state).toBe('waits');
    expect((await syncStatus()).failure).toContain('did not answer');
    upstream.beforeAnswer = () => null;
    await db().syncState.updateMany({ data: { retryAt: new Date() } });
    expect(await stretch('backfill')).toEqual({ state: 'done' });
    expect(await presentNow()).toEqual(listedNow());
  });

  test('is asked no more after five failures in a row', async () => {
    const guarded = guardedUpstream();
    upstream.beforeAnswer = () => ({ kind: 'status', status: 500 });
    for (let n = 0; n < 8; n += 1) await expect(guarded.page('asc', 0, 100)).rejects.toMatchObject({ code: 'upstream-unavailable' });
    expect(upstream.paths.length).toBe(5);
  });

  test('an answer "no such record" is no failure, however often', async () => {
    const guarded = guardedUpstream();
    for (let n = 0; n < 8; n += 1) await expect(guarded.record(7)).rejects.toMatchObject({ code: 'not-found' });
    expect(upstream.paths.length).toBe(8);
  });
});

describe('refreshing one record', () => {
  test('takes it over at once, and marks it when it is gone', async () => {
    upstream.records.set(7, recordOf(7));
    await refreshRecord(7);
    upstream.records.set(7, recordOf(7, { verified: false }));
    await refreshRecord(7);
    expect(await presentNow()).toEqual(listedNow());
    expect(await db().recordVersion.count()).toBe(1);
    upstream.records.delete(7);
    await expect(refreshRecord(7)).rejects.toMatchObject({ code: 'not-found' });
    expect((await indexed()).get(7)?.isMissing).toBe(true);
  });
});

describe('among several processes', () => {
  test('only one syncs', async () => {
    fill(1, 10);
    const other = new Client({ connectionString: database.url });
    await other.connect();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Holds what a syncing process holds, as one in the middle of a page does.
    await other.query('SELECT pg_advisory_lock(7335652412)');
    expect(await stretch('backfill')).toEqual({ state: 'elsewhere' });
    expect(upstream.paths).toEqual([]);
    release();
    await held;
    await other.end();
    expect(await stretch('backfill')).toEqual({ state: 'done' });
  });

  test('one killed in the middle of a page loses at most that page, and the next one goes on at once', async () => {
    fill(1, 2000);
    const script = `
      const { runStretch } = await import('./lib/mirror/run-stretch.ts');
      await runStretch('backfill', { signal: new AbortController().signal, until: Infinity });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'inherit' });
    const gone = once(child, 'exit');
    let pages = 0;
    upstream.beforeAnswer = () => {
      pages += 1;
      if (pages === 10) child.kill('SIGKILL');
      return null;
    };
    await gone;
    upstream.beforeAnswer = () => null;
    const held = (await presentNow()).size;
    const [state] = await db().syncState.findMany();
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(2000);
    // Cursor and records went together.
    expect([state?.cursor, state?.position]).toEqual([BigInt(held), BigInt(held)]);
    expect(await untilMine()).toEqual({ state: 'done' });
    expect(await presentNow()).toEqual(listedNow());
  });
});

/** PostgreSQL notices a moment later that the killed process is gone. */
async function untilMine() {
  for (;;) {
    const result = await stretch('backfill');
    if (result.state !== 'elsewhere') return result;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('GET /api/sync refuses a stranger', async () => {
  const { NextRequest } = await import('next/server');
  const answer = await getSync(new NextRequest('http://console/api/sync'), { params: Promise.resolve({}) });
  expect(answer.status).toBe(401);
});

// The model: a map of number to record. What happens to it happens between two answers of the upstream.
type Act =
  | { kind: 'insert'; pages: number }
  | { kind: 'insert-below'; at: number }
  | { kind: 'delete'; at: number; pages: number }
  | { kind: 'change'; at: number }
  | { kind: 'unreadable'; at: number }
  | { kind: 'fault'; fault: Fault };

/** `LONG_TESTS=1` tries many times as many histories, of another beginning each time. */
const LONG = process.env.LONG_TESTS === '1';
const TRIES = LONG ? { numRuns: 300 } : { numRuns: 12, seed: 20_261_126 };

/** Records the upstream gives at once. Few, because it is pages and not records in which it goes wrong; a full page now and then. */
const pageOf = fc.constantFrom(12, 12, 12, 12, 100);
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = <Value>(entries: Value[], share: number) => Math.floor(share * (entries.length - 1));
const entriesFault = fc.oneof(
  place.map(
    (share) => (entries: unknown[]) => entries.map((entry, index) => (index === at(entries, share) + 1 ? entries[index - 1] : entry)),
  ),
  place.map((share) => (entries: unknown[]) => [...entries.slice(at(entries, share)), ...entries.slice(0, at(entries, share))]),
  place.map((share) => (entries: unknown[]) => entries.filter((_, index) => index !== at(entries, share))),
);
const faultOf: fc.Arbitrary<Fault> = fc.oneof(
  entriesFault.map((change) => ({ kind: 'entries' as const, change })),
  fc.constantFrom(429, 500, 503).map((status) => ({ kind: 'status' as const, status })),
  fc.integer({ min: 0, max: 3600 }).map((s) => ({ kind: 'status' as const, status: 429, headers: { 'retry-after': String(s) } })),
  fc.constantFrom('truncated' as const, 'html' as const, 'cut' as const).map((kind) => ({ kind })),
);
/** How much comes or goes at once, in pages. */
const pages = fc.double({ min: 0, max: 1.3, noNaN: true });
const actOf: fc.Arbitrary<Act | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('insert' as const), pages }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('insert-below' as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: place, pages }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), at: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unreadable' as const), at: place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fault' as const), fault: faultOf }) },
);

/** What the index says of each record is what its own words say, whatever its shape. */
async function expectColumnsOf(records: Map<number, unknown>): Promise<void> {
  const rows = await db().record.findMany({
    where: { upstreamMissingAt: null },
    select: { verificationId: true, findings: true, machineResult: true, receivedAt: true },
    orderBy: { verificationId: 'asc' },
  });
  expect(await reconcileRecords()).toEqual({ first: null, differences: 0 });
  const said = [...records]
    .toSorted(([a], [b]) => a - b)
    .map(([id, record]) => {
      const verification = adaptVerification(record);
      const { machineResult, receivedAt } = verification;
      return { id, findings: [...new Set(findingsOf(verification).map(({ kind }) => kind))], machineResult, receivedAt };
    });
  expect(
    rows.map(({ verificationId, receivedAt, ...row }) => ({
      id: Number(verificationId),
      ...row,
      receivedAt: receivedAt?.getTime() ?? null,
    })),
  ).toEqual(said);
}

/** Carries out an act on the upstream and answers what goes wrong with the answer that is due. */
function perform(act: Act | null, count: number): Fault | null {
  const ids = [...upstream.records.keys()].sort((a, b) => a - b);
  const pick = (at: number) => ids[Math.floor(at * (ids.length - 1))] ?? 0;
  // Odd numbers only, so that there is room below.
  const top = (ids.at(-1) ?? 1) | 1;
  const few = (pages: number) => 1 + Math.floor(pages * upstream.limitMax);
  if (act?.kind === 'insert') for (let n = 1; n <= few(act.pages); n += 1) upstream.records.set(top + 2 * n, anyRecordOf(top + 2 * n));
  if (act?.kind === 'insert-below') upstream.records.set(pick(act.at) & ~1, anyRecordOf(pick(act.at) & ~1));
  if (act?.kind === 'delete') {
    const from = ids.indexOf(pick(act.at));
    for (const id of ids.slice(from, from + few(act.pages))) upstream.records.delete(id);
  }
  if (act?.kind === 'change' && ids.length > 0) upstream.records.set(pick(act.at), anyRecordOf(pick(act.at), { idFileSize: count }));
  if (act?.kind === 'unreadable' && ids.length > 0) upstream.records.set(pick(act.at), { broken: count });
  return act?.kind === 'fault' ? act.fault : null;
}

describe('whatever the upstream does meanwhile', () => {
  test(
    'once it holds still, the index holds exactly its records, what vanished is marked, and nobody’s decision is touched',
    async () => {
      const passes = fc.array(fc.constantFrom('backfill' as const, 'follow' as const, 'sweep' as const), { minLength: 3, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(pageOf, pages, fc.array(actOf, { maxLength: 60 }), passes, async (limitMax, begin, acts, kinds) => {
          await empty();
          upstream.records.clear();
          upstream.limitMax = limitMax;
          const start = Math.floor(begin * 4 * limitMax);
          for (let n = 0; n < start; n += 1) upstream.records.set(2 * n + 1, anyRecordOf(2 * n + 1));
          const everListed = new Set<number>();
          let count = 0;
          upstream.beforeAnswer = () => {
            count += 1;
            const fault = perform(acts[count - 1] ?? null, count);
            for (const id of upstream.records.keys()) everListed.add(id);
            return fault;
          };
          for (const kind of kinds) {
            await stretch(kind, count % 2 === 0 ? 0 : Number.POSITIVE_INFINITY);
            await db().syncState.updateMany({ data: { retryAt: null } });
            await db().record.updateMany({ where: { decidedAt: null }, data: { decidedAt: new Date(5), state: 'RESOLVED' } });
          }
          upstream.beforeAnswer = () => null;
          for (const id of upstream.records.keys()) everListed.add(id);
          // A record that became unreadable is still there, and what was known of it stays.
          const broken = [...upstream.records].filter(([, record]) => typeof record === 'object' && record !== null && 'broken' in record);
          for (const [id] of broken) upstream.records.set(id, anyRecordOf(id));
          const decided = await db().record.findMany({ where: { state: 'RESOLVED' }, select: { verificationId: true } });
          for (const kind of ['backfill', 'follow', 'sweep', 'sweep', 'follow'] as const) {
            expect(await stretch(kind)).toEqual({ state: 'done' });
          }
          expect(await presentNow()).toEqual(listedNow());
          await expectColumnsOf(upstream.records);
          const held = await indexed();
          expect([...held.keys()].filter((id) => !everListed.has(id))).toEqual([]);
          const still = await db().record.findMany({
            where: { state: 'RESOLVED', decidedAt: new Date(5) },
            select: { verificationId: true },
          });
          expect(still.length).toBe(decided.length);
        }),
        TRIES,
      );
    },
    LONG ? 1_200_000 : 120_000,
  );
});
