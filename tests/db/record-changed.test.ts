import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadCase } from '@/app/(console)/verifications/[id]/load-case';
import { reconcileStoredRows } from '@/lib/audit/reconcile-rows';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { auditSentence } from '@/lib/domain/audit-event';
import type { Decision, DecisionInput } from '@/lib/domain/decision';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { UPSTREAM as source } from '@/lib/mirror/record-source';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import { runStretch } from '@/lib/mirror/run-stretch';
import { searchRecords } from '@/lib/mirror/search';
import { decide as decideAsSent } from '@/lib/review/decide';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { qaCases } from '@/lib/review/qa';
import { recordRecordChanges } from '@/lib/review/record-record-changes';
import { reopenCase } from '@/lib/review/reopen-case';
import { timelineOf } from '@/lib/review/timeline';
import { closeUpstream } from '@/lib/upstream/connection';
import { NOTHING_SHOWN, person, refusalOf } from '../helpers/desk';
import { type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';
import { unzip } from '../helpers/unzip';
import { approve, decide, reviewAgain } from '../helpers/verdicts';

let database: TestDatabase;
let upstream: ListUpstream;
let folder: string;
let [ana, marek, audra]: Actor[] = [];
let id = 100;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-changed-'));
  database = await testDatabase();
  upstream = await startListUpstream();
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [ana, marek, audra] = [await person('Ana', 'analyst'), await person('Marek', 'manager'), await person('Audra', 'auditor')];
  const settings = { ...DEFAULT_POLICY, qaSharePercent: 100 };
  const policy = { version: 1, settings, reason: 'Every decision is reviewed again.', byId: known(marek).id, byName: 'Marek' };
  await recorded('policy', (tx) => tx.policy.create({ data: policy }));
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  id += 1;
  upstream.beforeAnswer = () => null;
});

function known(actor: Actor | undefined): Actor {
  if (!actor) throw new Error('nobody');
  return actor;
}

/** What the upstream has from now on; nothing here hears of it. */
const send = (change: object = {}) => upstream.records.set(id, recordOf(id, { verified: false, ...change }));
/** The regular sync, which compares every record. */
async function sync(): Promise<void> {
  const options = { signal: new AbortController().signal, until: Number.POSITIVE_INFINITY, source, restMs: 0 };
  for (const kind of ['backfill', 'sweep'] as const) expect(await runStretch(kind, options)).toEqual({ state: 'done' });
}

const decline: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown: NOTHING_SHOWN };
const override: DecisionInput = {
  version: 0,
  outcome: 'APPROVED',
  reasonCodes: ['FALSE_REJECT_QUALITY'],
  rationale: 'Same ears and nose, only the light differs.',
  shown: NOTHING_SHOWN,
};
const made = async (input: DecisionInput, version = 0): Promise<Decision> =>
  (await decide(known(ana), id, { ...input, version }, randomUUID())).decision;
const answer = ({ id: decisionId }: Decision, agrees: boolean) =>
  approve(known(marek), id, { decisionId, agrees, comment: 'The record is another one now.', shown: NOTHING_SHOWN }, randomUUID());
const review = () =>
  reviewAgain(known(marek), id, { outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], comment: '', shown: NOTHING_SHOWN });
const changeOnPage = async () => (await loadCase(known(ana), id, { blind: false })).history?.recordChange ?? null;

/** The cases found under the finding, as the shipped list finds them. */
async function listed(): Promise<number[]> {
  const { records } = await searchRecords(known(ana), parseSearchQuery(new URLSearchParams('finding=record-changed')));
  return records.map((found) => found.id);
}

describe('a record the upstream replaced after it was shown', () => {
  const shown = async () => ({ ...NOTHING_SHOWN, record: (await loadCase(known(ana), id, { blind: false })).record?.snapshotHash ?? null });
  const views = (actor: Actor | undefined) =>
    db().auditEvent.count({ where: { action: 'case.viewed', subject: `verification:${id}`, actorId: known(actor).id } });

  test('is not decided on: the refusal says what changed, nothing is recorded, and the present record may be decided on', async () => {
    send();
    await sync();
    const first = await shown();
    // The same files, another person.
    send({ tags: [{ name: 'customerId', value: '1234' }] });
    const refused = await refusalOf(made({ ...decline, shown: first }));
    expect(refused).toMatchObject({
      code: 'record-changed',
      details: { gone: false, differences: [{ subject: 'Tag customerId', before: '9999', after: '1234' }] },
    });
    expect(await db().decision.count({ where: { verificationId: id } })).toBe(0);
    const present = await shown();
    expect(present.record).not.toBe(first.record);
    expect((await made({ ...decline, shown: present })).snapshotHash).toBe(present.record);
  });

  test('is not decided on by a client that names no record, or names that it had none', async () => {
    send();
    const input = { ...decline, shown: NOTHING_SHOWN };
    expect(await refusalOf(decideAsSent(known(ana), id, input, randomUUID()))).toMatchObject({ code: 'unprocessable', field: 'shown' });
    const { shown: _, ...without } = input;
    expect(await refusalOf(decideAsSent(known(ana), id, without, randomUUID()))).toMatchObject({ code: 'unprocessable', field: 'shown' });
    const none = { ...decline, shown: { ...NOTHING_SHOWN, record: null } };
    expect(await refusalOf(made(none))).toMatchObject({ code: 'record-changed', details: { differences: null } });
  });

  test('is neither agreed to nor reviewed again by a second reviewer who was shown another one, and the refusal is a view', async () => {
    send({ verified: true });
    await sync();
    const other = await shown();
    send({ verified: false });
    const { id: decisionId } = await made(override);
    const input = { decisionId, agrees: true, comment: 'The same person.', shown: other };
    const differences = [{ subject: 'Automated result', before: 'Verified', after: 'Not verified' }];
    expect(await refusalOf(approve(known(marek), id, input, randomUUID()))).toMatchObject({
      code: 'record-changed',
      details: { differences },
    });
    expect(await views(marek)).toBe(1);
    expect((await approve(known(marek), id, { ...input, shown: await shown() }, randomUUID())).approval.agrees).toBe(true);

    id += 1;
    send({ model: 'an earlier one' });
    await sync();
    const earlier = await shown();
    send();
    await made(decline);
    const again = { outcome: 'DECLINED' as const, reasonCodes: ['FACE_MISMATCH' as const], comment: '' };
    expect((await refusalOf(reviewAgain(known(marek), id, { ...again, shown: earlier }))).code).toBe('record-changed');
    expect(await db().qaReview.count({ where: { verificationId: id } })).toBe(0);
    expect(await reviewAgain(known(marek), id, { ...again, shown: await shown() })).toEqual({ agrees: true });
  });
});

describe('a record the upstream replaced after its decision', () => {
  test('is found by the sync, says on the case page what changed, and leaves the list with a decision on the present record', async () => {
    send({ verified: false });
    const { isOverride } = await made(decline);
    await sync();
    expect([isOverride, await listed(), await changeOnPage()]).toEqual([false, [], null]);

    send({ verified: true, tags: [{ name: 'customerId', value: '1234' }] });
    await sync();
    expect(await listed()).toEqual([id]);
    expect(await changeOnPage()).toMatchObject({
      kind: 'changed',
      at: expect.any(Number),
      override: 'became-override',
      differences: [
        { subject: 'Automated result', before: 'Not verified', after: 'Verified' },
        { subject: 'Tag customerId', before: '9999', after: '1234' },
      ],
    });

    await made({ ...decline, rationale: 'Decided again on the present record.' }, 1);
    expect([await listed(), await changeOnPage()]).toEqual([[], null]);
    send({ verified: true, model: 'another one' });
    await sync();
    expect(await listed()).toEqual([id]);
    await reopenCase(known(ana), id, 'The record changed.');
    expect([await listed(), await changeOnPage()]).toEqual([[], null]);
  });

  test('is found by the first who opens the case, before any sync, and again when the upstream is away', async () => {
    send();
    await made(decline);
    send({ verified: true });
    expect(await changeOnPage()).toMatchObject({ kind: 'changed', override: 'became-override' });
    expect(await listed()).toContain(id);
    upstream.beforeAnswer = () => ({ kind: 'status', status: 503 });
    expect(await changeOnPage()).toMatchObject({ kind: 'changed', override: 'became-override' });
  });

  test('that comes back as it was is no finding any more, and the case says so with what the other one held', async () => {
    send();
    await made(decline);
    send({ verified: true });
    await refreshRecord(id);
    expect(await listed()).toContain(id);
    send();
    await refreshRecord(id);
    expect(await listed()).not.toContain(id);
    expect(await changeOnPage()).toMatchObject({
      kind: 'returned',
      differences: [{ subject: 'Automated result', before: 'Not verified', after: 'Verified' }],
    });
  });

  test('is no finding where the index was behind at the decision, or where only the signature of a file url differs', async () => {
    send();
    await refreshRecord(id);
    const files = (signature: string) => [
      { category: 'id', url: `http://x.test/v1/files/v_id_${id}_a.jpg?sig=${signature}`, fileName: 'a.jpg' },
    ];
    send({ verified: false, model: 'newer', files: files('one') });
    await made(decline);
    send({ verified: false, model: 'newer', files: files('two') });
    await sync();
    expect(await listed()).not.toContain(id);
    expect(await db().recordVersion.count({ where: { verificationId: id } })).toBe(1);
    expect(await changeOnPage()).toBeNull();
  });

  test('names fields that nothing here understands, and says when all it knows is that something differs', async () => {
    send({ riskScore: 1 });
    await made(decline);
    send({ riskScore: 2 });
    expect((await changeOnPage())?.differences).toEqual([{ subject: 'Field riskScore', before: '1', after: '2' }]);
    send({ riskScore: 1, modelResults: { ...(recordOf(id).modelResults as object), seed: 4 } });
    expect((await changeOnPage())?.differences).toEqual([{ subject: 'Other details', before: 'as they were', after: 'different' }]);
  });

  test('is a column of the population, together with what became of the decision as an override', async () => {
    send();
    await made(decline);
    send({ verified: true });
    await sync();
    const begun = await createExport(known(audra), { kind: 'population', format: 'jsonl', query: `q=${id}` }, (fault) => {
      throw fault;
    });
    await begun.done;
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await openExport(known(audra), begun.export.id, { range: null, ifRange: null })).body) chunks.push(chunk);
    const lines = unzip(Buffer.concat(chunks)).get('population.jsonl')?.toString().trim().split('\n') ?? [];
    expect(lines.map((line) => JSON.parse(line)).find(({ verificationId }) => verificationId === id)).toMatchObject({
      recordChanged: true,
      recordChangedAt: expect.stringMatching(/^20.*Z$/),
      overrideSinceChange: 'became-override',
      findings: expect.stringContaining('record-changed'),
    });
  });
});

test('a change of a record that was decided on is an event of its case, once for each change, and none where nothing was decided', async () => {
  const events = async () => (await timelineOf(id)).filter(({ action }) => action === 'record.changed').map(auditSentence);
  const run = () => recordRecordChanges(new AbortController().signal);
  send();
  await sync();
  send({ model: 'another' });
  await sync();
  await run();
  expect(await events()).toEqual([]);
  send();
  const { version } = await made(decline);
  send({ verified: true });
  await sync();
  for (let turn = 0; turn < 2; turn += 1) await Promise.all([run(), run()]);
  expect(await events()).toEqual([
    expect.stringMatching(new RegExp(`replaced the record after decision ${version} \\(sha256 [0-9a-f]{12}… then`)),
  ]);
  // Back as it was, and the same other record again: a second change.
  send();
  await sync();
  send({ verified: true });
  await sync();
  await run();
  upstream.records.delete(id);
  await sync();
  for (let turn = 0; turn < 2; turn += 1) await run();
  expect(await events()).toHaveLength(3);
  expect((await events()).at(-1)).toContain('no longer has the record');
});

describe('a record the upstream no longer has', () => {
  test('is the same finding, and the case page says that it is gone', async () => {
    send();
    await made(decline);
    upstream.records.delete(id);
    expect(await changeOnPage()).toMatchObject({ kind: 'gone', at: expect.any(Number), differences: [] });
    expect(await listed()).toContain(id);
    send();
    await refreshRecord(id);
    expect(await listed()).not.toContain(id);
  });
});

describe('a proposal whose record changed', () => {
  test('cannot be agreed to, although nothing here had heard of the change; the list shows it from then on, and disagreeing is possible', async () => {
    send();
    const proposal = await made(override);
    send({ verified: true });
    expect(await refusalOf(answer(proposal, true))).toMatchObject({
      code: 'record-changed',
      message: expect.stringContaining('disagree with the proposal, or make a new decision'),
      details: { gone: false, changedAt: expect.any(Number) },
    });
    expect(await db().approval.count({ where: { verificationId: id } })).toBe(0);
    const [pending] = await pendingApprovals(known(marek), { verificationId: id });
    expect(pending).toMatchObject({ recordChanged: true });
    expect(await changeOnPage()).toMatchObject({ override: 'no-longer-override' });
    expect((await answer(proposal, false)).approval.agrees).toBe(false);
    expect(await listed()).not.toContain(id);
  });

  test('that is gone, or that the upstream gives no word of, cannot be agreed to either', async () => {
    send();
    const proposal = await made(override);
    upstream.beforeAnswer = () => ({ kind: 'status', status: 503 });
    expect((await refusalOf(answer(proposal, true))).code).toBe('upstream-unavailable');
    upstream.beforeAnswer = () => null;
    upstream.records.delete(id);
    expect(await refusalOf(answer(proposal, true))).toMatchObject({ code: 'record-changed', details: { gone: true } });
    send();
    expect((await answer(proposal, true)).approval.agrees).toBe(true);
  });

  test('replaced after its second person agreed becomes a finding', async () => {
    send();
    await answer(await made(override), true);
    expect(await listed()).not.toContain(id);
    send({ verified: true });
    await sync();
    expect(await listed()).toContain(id);
  });
});

describe('a blind second look', () => {
  test('is not offered and not taken where the decision was made on another record', async () => {
    send();
    await made(decline);
    expect(await qaCases(known(marek))).toContain(id);
    send({ verified: true });
    expect((await refusalOf(review())).code).toBe('record-changed');
    expect(await qaCases(known(marek))).not.toContain(id);
    expect(await db().qaReview.count({ where: { verificationId: id } })).toBe(0);
    send();
    expect(await review()).toEqual({ agrees: true });
  });
});

test('the findings of these cases are what reconciliation works out from the decisions and the records', async () => {
  expect((await reconcileStoredRows()).first).toBeNull();
});
