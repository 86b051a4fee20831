import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { claimCase } from '@/lib/review/claim-case';
import { nextCase } from '@/lib/review/next-case';
import { holderOf } from '@/lib/review/presence';
import { releaseClaim } from '@/lib/review/release-claim';
import { takeOverClaim } from '@/lib/review/take-over-claim';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';

const [ONE, TWO, THREE] = ['1', '2', '3'].map((digit) => digit.repeat(32)) as [string, string, string];

let database: TestDatabase;
let upstream: RecordUpstream;
let ana: Actor;
let marek: Actor;
let id = 100;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((verificationId) => ({ ...sample.result, verificationId, verified: false }));
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [ana, marek] = [await person('Ana', 'analyst'), await person('Marek', 'manager')];
});

beforeEach(async () => {
  id += 1;
  await fillIndex(id);
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const holder = async () => (await holderOf(id))?.holderName ?? null;
const releases = () => db().auditEvent.count({ where: { action: 'claim.released', subject: `verification:${id}` } });

describe('a claim held in several tabs', () => {
  test('stays when one of them is closed, however often that is reported, and goes with the last', async () => {
    await claimCase(ana, id, { tab: ONE });
    await claimCase(ana, id, { tab: TWO });
    await releaseClaim(ana, id, { tab: ONE });
    await releaseClaim(ana, id, { tab: ONE });
    expect(await holder()).toBe('Ana');
    expect(await releases()).toBe(0);
    await releaseClaim(ana, id, { tab: TWO });
    expect(await holder()).toBeNull();
    expect(await releases()).toBe(1);
  });

  test('goes once when all are closed at the same moment', async () => {
    for (const tab of [ONE, TWO, THREE]) await claimCase(ana, id, { tab });
    await Promise.all([ONE, TWO, THREE].map((tab) => releaseClaim(ana, id, { tab })));
    expect(await holder()).toBeNull();
    expect(await releases()).toBe(1);
  });

  test('survives a reload, whichever of leaving and coming back arrives first', async () => {
    await claimCase(ana, id, { tab: ONE });
    await claimCase(ana, id, { tab: TWO });
    await releaseClaim(ana, id, { tab: ONE });
    expect(await holder()).toBe('Ana');
    await releaseClaim(ana, id, { tab: TWO });
    await claimCase(ana, id, { tab: THREE });
    expect(await holder()).toBe('Ana');
  });

  test('is given back in all of them by the reviewer’s own word', async () => {
    await claimCase(ana, id, { tab: ONE });
    await claimCase(ana, id, { tab: TWO });
    await releaseClaim(ana, id);
    expect(await holder()).toBeNull();
  });

  test('drawn in one tab stays when a copy of that tab, which never held it, leaves the queue', async () => {
    const { verificationId } = await nextCase(ana, { tab: ONE });
    await releaseClaim(ana, Number(verificationId), { tab: TWO });
    expect((await holderOf(Number(verificationId)))?.holderName).toBe('Ana');
  });

  test('taken over is the manager’s, whose tabs alone count from then on', async () => {
    await claimCase(ana, id, { tab: ONE });
    await takeOverClaim(marek, id, TWO);
    await releaseClaim(ana, id, { tab: ONE });
    expect(await holder()).toBe('Marek');
    expect((await refusalOf(claimCase(ana, id, { tab: ONE }))).code).toBe('claimed');
    await releaseClaim(marek, id, { tab: TWO });
    expect(await holder()).toBeNull();
  });

  test('begins without the tabs of an earlier claim that ran out', async () => {
    await claimCase(ana, id, { tab: ONE });
    await db().claim.updateMany({ where: { verificationId: BigInt(id) }, data: { expiresAt: new Date(0) } });
    await claimCase(ana, id, { tab: TWO });
    await releaseClaim(ana, id, { tab: TWO });
    expect(await holder()).toBeNull();
  });
});
