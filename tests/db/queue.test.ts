import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { DecisionInput } from '@/lib/domain/decision';
import { assignCase } from '@/lib/review/assign-case';
import { claimCase } from '@/lib/review/claim-case';
import { drawGrants, grantQueues, queuesOf } from '@/lib/review/draw-grants';
import { escalateCase, liftEscalation } from '@/lib/review/escalate-case';
import { nextCase } from '@/lib/review/next-case';
import { othersAt, showPresence } from '@/lib/review/presence';
import { queueCount } from '@/lib/review/queue-count';
import { releaseClaim } from '@/lib/review/release-claim';
import { reopenCase } from '@/lib/review/reopen-case';
import { archiveView, savedViews, saveView } from '@/lib/review/saved-views';
import { skipCase } from '@/lib/review/skip-case';
import { snoozeCase } from '@/lib/review/snooze-case';
import { reviewSummaries } from '@/lib/review/summaries';
import { tagTally } from '@/lib/review/tag-tally';
import { takeOverClaim } from '@/lib/review/take-over-claim';
import { timelineOf } from '@/lib/review/timeline';
import { withdrawDecision } from '@/lib/review/withdraw-decision';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, NOTHING_SHOWN, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { recorded } from '../helpers/recorded';
import { decide } from '../helpers/verdicts';

let database: TestDatabase;
let upstream: RecordUpstream;
let [ana, ben, marek, audra]: Actor[] = [];

const gone = new Set<number>();
let isAway = false;
/** Tags the upstream's records bear, by their numbers. */
const tagsOf = new Map<number, { name: string; value: string }[]>();
const recordOf = (id: number) => {
  if (isAway) return 'away';
  const tags = tagsOf.get(id) ?? sample.result.tags;
  return gone.has(id) ? null : { ...sample.result, verificationId: id, verified: false, tags };
};
const people = () => {
  if (!ana || !ben || !marek || !audra) throw new Error('Nobody was added.');
  return { ana, ben, marek, audra };
};

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream(recordOf);
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [ana, ben] = [await person('Ana', 'analyst'), await person('Ben', 'analyst')];
  [marek, audra] = [await person('Marek', 'manager'), await person('Audra', 'auditor')];
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

// Every test begins with an index and claims of its own; what only grows stays, under numbers of its own.
let from = 1;
beforeEach(async () => {
  from += 1000;
  gone.clear();
  isAway = false;
  await db().$executeRawUnsafe('TRUNCATE console.record, console.record_tag, console.record_version, console.claim');
});

/** The numbers of so many cases that wait, oldest first. */
async function cases(count: number): Promise<number[]> {
  await fillIndex(from, from + count - 1);
  return Array.from({ length: count }, (_, index) => from + index);
}

const drawn = async (actor: Actor, viewId?: string) => (await nextCase(actor, { viewId })).verificationId;
const decline: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown: NOTHING_SHOWN };
const decideNow = (actor: Actor, id: number, version = 0) => decide(actor, id, { ...decline, version }, randomUUID());
const stateOf = async (id: number) => (await reviewSummaries([id]))[0]?.state;
const runOut = (id: number) => db().claim.update({ where: { verificationId: id }, data: { expiresAt: new Date(Date.now() - 1) } });
const WHY = 'because it has to be looked at';

describe('drawing the next case', () => {
  test('gives each of 200 cases to exactly one of 50 who draw at once, and leaves none behind', { timeout: 120_000 }, async () => {
    const { ana: first } = people();
    const waiting = await cases(200);
    // Fifty people, each at one desk; who they are is not looked up on the way.
    const analysts = Array.from({ length: 50 }, (_, index): Actor => ({ ...first, id: randomUUID(), name: `Analyst ${index}` }));
    const hands = await Promise.all(
      analysts.map(async (analyst) => {
        const got: number[] = [];
        for (let id = await drawn(analyst); id !== null; id = await drawn(analyst)) got.push(id);
        return got;
      }),
    );
    expect(hands.flat().toSorted((a, b) => a - b)).toEqual(waiting);
    expect(await db().claim.count({ where: { expiresAt: { gt: new Date() } } })).toBe(200);
    const taken = await db().auditEvent.count({
      where: { action: 'claim.taken', subject: { in: waiting.map((id) => `verification:${id}`) } },
    });
    expect(taken).toBe(200);
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });

  test('gives one person who draws several times at once different cases', async () => {
    const waiting = await cases(10);
    const got = await Promise.all(waiting.map(() => drawn(people().ana)));
    expect(got.toSorted()).toEqual(waiting.toSorted());
  });

  test('takes failures, the oldest first, and what was given to her before that', async () => {
    const { ana, marek } = people();
    const [first, second, third] = await cases(3);
    await db().record.update({ where: { verificationId: first }, data: { machineResult: 'VERIFIED' } });
    await assignCase(marek, third as number, ana.id);
    expect([await drawn(ana), await drawn(ana), await drawn(ana)]).toEqual([third, second, null]);
  });

  test('leaves out what is decided, asleep, escalated, gone, or given to somebody else', async () => {
    const { ana, ben, marek } = people();
    const [decided, asleep, escalated, missing, bens, free] = (await cases(6)) as [number, number, number, number, number, number];
    await decideNow(ben, decided);
    await snoozeCase(ben, asleep, Date.now() + 60_000, '');
    await escalateCase(ben, escalated, WHY);
    await db().record.update({ where: { verificationId: missing }, data: { upstreamMissingAt: new Date() } });
    await assignCase(marek, bens, ben.id);
    expect([await drawn(ana), await drawn(ana)]).toEqual([free, null]);
    expect([await drawn(marek), await drawn(marek)]).toEqual([escalated, null]);
    expect(await drawn(ben)).toBe(bens);
  });

  test('offers a case that was passed on to others only, until it is reopened', async () => {
    const { ana, ben } = people();
    const [id] = (await cases(1)) as [number];
    expect(await drawn(ana)).toBe(id);
    await skipCase(ana, id, '');
    expect(await drawn(ana)).toBeNull();
    expect(await drawn(ben)).toBe(id);
    await decideNow(ben, id);
    await reopenCase(ben, id, WHY);
    expect(await drawn(ana)).toBe(id);
  });

  test('brings a sleeping case back when its time has come', async () => {
    const { ana } = people();
    const [id] = (await cases(1)) as [number];
    await snoozeCase(ana, id, Date.now() + 60_000, '');
    expect(await drawn(ana)).toBeNull();
    await db().record.update({ where: { verificationId: id }, data: { snoozedUntil: new Date(Date.now() - 1) } });
    expect(await drawn(ana)).toBe(id);
  });

  test('drops a record the upstream no longer has and gives the next one', async () => {
    const { ana } = people();
    const [first, second] = (await cases(2)) as [number, number];
    gone.add(first);
    expect(await drawn(ana)).toBe(second);
    expect(await db().claim.count({ where: { verificationId: first } })).toBe(0);
    expect(await drawn(ana)).toBeNull();
  });

  test('strands nothing: what was given to somebody who left is everybody’s again, and what all passed on is told', async () => {
    const { ana, ben, marek } = people();
    const leaver = await person(`Lena${from}`, 'analyst');
    const [given, passed] = (await cases(2)) as [number, number];
    await assignCase(marek, given, leaver.id);
    expect(await queueCount(ana)).toMatchObject({ waiting: 1 });
    await db().user.update({ where: { id: leaver.id }, data: { disabledAt: new Date() } });
    expect(await queueCount(ana)).toMatchObject({ waiting: 2, assigned: 0 });
    expect(await drawn(ana)).toBe(given);
    for (const analyst of [ana, ben]) await skipCase(analyst, passed, '');
    expect(await queueCount(ben)).toMatchObject({ waiting: 0, passedOn: 1 });
    expect(await drawn(ben)).toBeNull();
    expect(await drawn(marek)).toBe(passed);
  });

  test('answers the same key with the same case, and a new key with another', async () => {
    const { ana } = people();
    const [first, second] = (await cases(2)) as [number, number];
    const key = randomUUID();
    const once = await nextCase(ana, {}, key);
    expect(once.verificationId).toBe(first);
    expect(await nextCase(ana, {}, key)).toEqual(once);
    expect((await nextCase(ana, {}, randomUUID())).verificationId).toBe(second);
  });

  test('waits for a record that is just being written rather than call the queue empty', async () => {
    const { ana } = people();
    const [id] = (await cases(1)) as [number];
    let written: (() => void) | undefined;
    const writing = new Promise<void>((resolve) => {
      written = resolve;
    });
    let locked: (() => void) | undefined;
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const sync = db().$transaction(async (tx) => {
      await tx.record.update({ where: { verificationId: id }, data: { seenAt: new Date() } });
      locked?.();
      await writing;
    });
    await isLocked;
    const waiting = drawn(ana);
    written?.();
    await sync;
    expect(await waiting).toBe(id);
  });

  test('is for analysts and managers, under their own and shared views only', async () => {
    const { ana, ben, audra, marek } = people();
    const [first, second] = (await cases(2)) as [number, number];
    expect((await refusalOf(nextCase(audra))).code).toBe('forbidden');
    const name = { name: 'Newest first', shared: false, defaultFor: null, slaHours: 1 };
    const { view } = await saveView(ana, { ...name, query: '?result=NOT_VERIFIED&sortBy=receivedAt&direction=desc' });
    expect((await refusalOf(nextCase(ben, { viewId: view.id }))).code).toBe('not-found');
    expect(await drawn(ana, view.id)).toBe(second);
    const live = await saveView(marek, { ...name, query: 'tagFilter=customer%3Dacme&sortBy=timestamp&limit=50', shared: true });
    await db().recordTag.create({ data: { name: 'customer', value: 'acme', verificationId: first } });
    expect(await drawn(ben, live.view.id)).toBe(first);
    const unreadable = await saveView(ana, { ...name, query: 'result=MAYBE' });
    expect((await refusalOf(nextCase(ana, { viewId: unreadable.view.id }))).code).toBe('unprocessable');
  });

  test('is from the queues a manager gave her alone, if one did, whatever she saves herself', async () => {
    const { ana, ben, marek, audra } = people();
    const [first, second] = (await cases(2)) as [number, number];
    const input = { query: 'result=NOT_VERIFIED&sortBy=receivedAt&direction=desc', defaultFor: null, slaHours: null };
    const { view: shared } = await saveView(marek, { ...input, name: `Newest ${from}`, shared: true });
    const { view: own } = await saveView(ana, { ...input, name: 'Picked by me', shared: false });
    for (const other of [ana, audra])
      expect((await refusalOf(grantQueues(other, { reviewerId: ana.id, viewIds: null }))).code).toBe('forbidden');
    const grant = (viewIds: string[] | null, reviewerId = ana.id) => grantQueues(marek, { reviewerId, viewIds });
    expect((await refusalOf(grant([own.id]))).field).toBe('viewIds');
    expect((await refusalOf(grant(null, audra.id))).field).toBe('reviewerId');
    await grant([shared.id]);
    expect(await queuesOf(ana)).toEqual([{ id: shared.id, name: shared.name }]);
    for (const viewId of [undefined, own.id]) {
      expect((await refusalOf(nextCase(ana, { viewId }))).code).toBe('forbidden');
      expect((await refusalOf(queueCount(ana, viewId))).code).toBe('forbidden');
    }
    expect(await drawn(ana, shared.id)).toBe(second);
    expect(await drawn(ben)).toBe(first);
    expect((await drawGrants(marek)).find(({ reviewer }) => reviewer.id === ana.id)?.viewIds).toEqual([shared.id]);
    await grant(null);
    expect(await drawn(ana)).toBeNull();
    expect((await queuesOf(ana)).map(({ id }) => id)).toEqual(expect.arrayContaining(['default', shared.id, own.id]));
    const told = await db().auditEvent.count({ where: { action: 'queue.granted', subject: `user:${ana.id}` } });
    expect(told).toBe(2);
  });

  test('tells how much waits, how much of it is hers, and how late it is', async () => {
    const { ana, ben, marek } = people();
    const [first, second, third] = (await cases(4)) as [number, number, number];
    await assignCase(marek, second, ana.id);
    await assignCase(marek, third, ben.id);
    const oldestAt = (await db().record.findUniqueOrThrow({ where: { verificationId: first } })).receivedAt?.getTime();
    expect(await queueCount(ana)).toMatchObject({
      waiting: 3,
      capped: false,
      assigned: 1,
      overdue: 3,
      oldestAt,
      due: 'overdue',
      slaHours: 24,
    });
    const { view } = await saveView(ana, {
      name: 'All year',
      query: 'result=NOT_VERIFIED',
      shared: false,
      defaultFor: null,
      slaHours: 8760,
    });
    expect(await queueCount(ana, view.id)).toMatchObject({
      view: { name: 'All year' },
      slaHours: 8760,
      dueAt: (oldestAt ?? 0) + 8760 * 3_600_000,
    });
  });
});

describe('a claim', () => {
  test('keeps others from deciding, says who holds the case, and is gone once it runs out', async () => {
    const { ana, ben } = people();
    const [id] = (await cases(1)) as [number];
    const claim = await claimCase(ana, id);
    const refusal = await refusalOf(decideNow(ben, id));
    expect(refusal.code).toBe('claimed');
    expect(refusal.details).toMatchObject({ holderName: 'Ana', expiresAt: claim.expiresAt });
    expect((await refusalOf(claimCase(ben, id))).code).toBe('claimed');
    await runOut(id);
    expect(await stateOf(id)).toBe('OPEN');
    expect(await drawn(ben)).toBe(id);
    expect((await decideNow(ben, id)).decision.claimedAt).not.toBeNull();
    expect(await db().claim.count({ where: { verificationId: id } })).toBe(0);
  });

  test('is extended by its holder from where it began, without a further event', async () => {
    const { ana } = people();
    const [id] = (await cases(1)) as [number];
    const first = await claimCase(ana, id);
    await db().claim.update({ where: { verificationId: id }, data: { expiresAt: new Date(Date.now() + 1000) } });
    const second = await claimCase(ana, id);
    expect(second.claimedAt).toBe(first.claimedAt);
    expect(second.expiresAt).toBeGreaterThanOrEqual(first.expiresAt);
    expect((await timelineOf(id)).map(({ action }) => action)).toEqual(['claim.taken']);
  });

  test('is one claim, however often one person claims at once', async () => {
    const { ana } = people();
    const [id] = (await cases(1)) as [number];
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimCase(ana, id)));
    expect(new Set(claims.map(({ holderId }) => holderId))).toEqual(new Set([ana.id]));
    expect((await timelineOf(id)).filter(({ action }) => action === 'claim.taken')).toHaveLength(1);
  });

  test('is taken over by managers only, and only from somebody', async () => {
    const { ana, ben, marek } = people();
    const [id] = (await cases(1)) as [number];
    expect((await refusalOf(takeOverClaim(marek, id))).code).toBe('conflict');
    await claimCase(ana, id);
    expect((await refusalOf(takeOverClaim(ben, id))).code).toBe('forbidden');
    expect((await refusalOf(decideNow(marek, id))).code).toBe('claimed');
    expect((await takeOverClaim(marek, id)).holderId).toBe(marek.id);
    expect((await timelineOf(id)).at(-1)).toMatchObject({ action: 'claim.taken-over', data: { fromName: 'Ana' } });
    await decideNow(marek, id);
    expect((await refusalOf(decideNow(ana, id))).code).toBe('stale');
  });

  test('is given back by its holder alone, and giving it back twice does no harm', async () => {
    const { ana, ben } = people();
    const [id] = (await cases(1)) as [number];
    await claimCase(ana, id);
    await releaseClaim(ben, id);
    expect(await stateOf(id)).toBe('CLAIMED');
    await releaseClaim(ana, id);
    await releaseClaim(ana, id);
    expect(await stateOf(id)).toBe('OPEN');
    expect((await timelineOf(id)).map(({ action }) => action)).toEqual(['claim.taken', 'claim.released']);
  });

  test('is not of a case nobody knows, and an upstream that is away keeps nobody from claiming', async () => {
    const { ana } = people();
    const [id] = (await cases(1)) as [number];
    gone.add(from + 500);
    expect((await refusalOf(claimCase(ana, from + 500))).code).toBe('not-found');
    expect((await refusalOf(skipCase(ana, from + 500, ''))).code).toBe('not-found');
    isAway = true;
    expect((await claimCase(ana, id)).holderId).toBe(ana.id);
  });
});

describe('taking a decision back', () => {
  test('is for the one who made it, once, and what was before comes back', async () => {
    const { ana, ben, marek } = people();
    const [id] = (await cases(1)) as [number];
    const first = await decideNow(ben, id);
    const { decision } = await decideNow(ana, id, 1);
    for (const other of [ben, marek]) expect((await refusalOf(withdrawDecision(other, id))).code).toBe('conflict');
    expect((await refusalOf(withdrawDecision(ana, id, first.decision.id))).code).toBe('conflict');
    const summary = await withdrawDecision(ana, id, decision.id);
    expect(summary).toMatchObject({ state: 'RESOLVED', version: 2, decision: { by: 'Ben' }, withdrawable: null });
    expect((await timelineOf(id)).at(-1)).toMatchObject({ action: 'decision.withdrawn', data: { decisionId: decision.id, version: 2 } });
    for (const person of [ana, ben]) expect((await refusalOf(withdrawDecision(person, id))).code).toBe('conflict');
    expect((await decideNow(ana, id, 2)).decision.version).toBe(3);
  });

  test('opens the case again for the queue when there was nothing before', async () => {
    const { ana, ben } = people();
    const [id] = (await cases(1)) as [number];
    await decideNow(ana, id);
    expect(await drawn(ben)).toBeNull();
    await withdrawDecision(ana, id);
    expect(await drawn(ben)).toBe(id);
  });

  test('is too late after ten seconds, also for whoever writes to the database directly', async () => {
    const { ana } = people();
    const [id] = (await cases(1)) as [number];
    const row = {
      id: randomUUID(),
      verificationId: BigInt(id),
      version: 1,
      outcome: 'DECLINED',
      machineResult: 'NOT_VERIFIED',
      isOverride: false,
      reasonCodes: ['FACE_MISMATCH'],
      rationale: '',
      proposerId: ana.id,
      proposerName: 'Ana',
      snapshotHash: 'a'.repeat(64),
    };
    await recorded('decision', (tx) => tx.decision.create({ data: { ...row, decidedAt: new Date(Date.now() - 13_000) } }));
    expect((await refusalOf(withdrawDecision(ana, id))).code).toBe('conflict');
    const straight = db().withdrawal.create({ data: { decisionId: row.id, verificationId: id, byId: ana.id } });
    await expect(straight).rejects.toThrow(/can no longer be withdrawn/);
  });
});

describe('handing a case on', () => {
  test('escalation ends the claim and shows who asked and why, until a manager takes it back', async () => {
    const { ana, marek } = people();
    const [id] = (await cases(1)) as [number];
    await claimCase(ana, id);
    const summary = await escalateCase(ana, id, WHY);
    expect(summary).toMatchObject({ state: 'ESCALATED', claim: null, escalated: { by: 'Ana', reason: WHY } });
    expect((await refusalOf(liftEscalation(ana, id, WHY))).code).toBe('forbidden');
    expect(await liftEscalation(marek, id, WHY)).toMatchObject({ state: 'OPEN', escalated: null });
  });

  test('a case is given only to somebody who works on cases, and by managers', async () => {
    const { ana, marek, audra } = people();
    const [id] = (await cases(1)) as [number];
    expect((await refusalOf(assignCase(ana, id, ana.id))).code).toBe('forbidden');
    expect((await refusalOf(assignCase(marek, id, audra.id))).code).toBe('unprocessable');
    expect((await assignCase(marek, id, ana.id)).assignee).toEqual({ id: ana.id, name: 'Ana' });
    expect((await assignCase(marek, id, null)).assignee).toBeNull();
  });

  test('nothing the desk recorded can be changed afterwards', async () => {
    for (const table of ['draw_grant', 'skip', 'snooze', 'escalation', 'reopening', 'assignment', 'withdrawal', 'batch'])
      await expect(db().$executeRawUnsafe(`DELETE FROM console.${table}`)).rejects.toThrow(/only grows/);
  });
});

describe('a saved view', () => {
  test('is shared by those who may, and a role begins with one at most', async () => {
    const { ana, marek } = people();
    const input = { name: 'Ours', query: 'result=NOT_VERIFIED', shared: true, defaultFor: 'analyst' as const, slaHours: null };
    expect((await refusalOf(saveView(ana, input))).code).toBe('forbidden');
    expect((await refusalOf(saveView(marek, { ...input, shared: false }))).field).toBe('defaultFor');
    const { view: first } = await saveView(marek, input);
    const { view: second } = await saveView(marek, { ...input, name: 'Ours, again' });
    const seen = await savedViews(ana);
    expect(seen.filter(({ defaultFor }) => defaultFor === 'analyst').map(({ id }) => id)).toEqual([second.id]);
    expect(seen.map(({ id }) => id)).toContain(first.id);
    expect((await refusalOf(archiveView(ana, first.id))).code).toBe('forbidden');
    await archiveView(marek, first.id);
    expect((await savedViews(ana)).map(({ id }) => id)).not.toContain(first.id);
  });
});

describe('who else is looking', () => {
  test('names the others for half a minute after their last sign of life', async () => {
    const { ana, ben } = people();
    expect(await showPresence(ana, from)).toEqual([]);
    expect(await showPresence(ben, from)).toEqual(['Ana']);
    expect(await othersAt(ana, from)).toEqual(['Ben']);
    await db().presence.updateMany({ where: { userId: ben.id }, data: { seenAt: new Date(Date.now() - 31_000) } });
    expect(await othersAt(ana, from)).toEqual([]);
  });
});

describe('what is told of a tag', () => {
  test('counts its records and those whose decision in force declines them', async () => {
    const { ana, ben } = people();
    const ids = await cases(4);
    const [declined, takenBack, approved, other] = ids as [number, number, number, number];
    const tag = { name: 'customerId', value: '10 % = "x"' };
    for (const id of [declined, takenBack, approved]) tagsOf.set(id, [tag]);
    tagsOf.set(other, [{ ...tag, value: '10' }]);
    await decideNow(ana, declined);
    await decideNow(ana, takenBack);
    await withdrawDecision(ana, takenBack);
    await decide(ana, approved, { ...decline, outcome: 'APPROVED', reasonCodes: ['FALSE_REJECT_QUALITY'], rationale: WHY }, randomUUID());
    await decideNow(ana, other);
    expect(await tagTally(ben, tag)).toEqual({ records: 3, declined: 1, capped: false });
    expect(await tagTally(ben, { ...tag, value: 'nobody' })).toEqual({ records: 0, declined: 0, capped: false });
  });
});
