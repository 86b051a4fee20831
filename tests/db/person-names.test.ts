import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { waitingChanges } from '@/lib/changes/read-changes';
import { submitPolicy } from '@/lib/changes/submit-policy';
import { submitErasure } from '@/lib/changes/submit-retention';
import { takeEffect } from '@/lib/changes/take-effect';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { createExport } from '@/lib/export/create-export';
import { eraseCases } from '@/lib/retention/erase-cases';
import { previewErasure } from '@/lib/retention/preview-erasure';
import { addNote } from '@/lib/review/add-note';
import { withoutWritesBeside } from '@/lib/review/beside-erasures';
import { changePolicy } from '@/lib/review/change-policy';
import { grantQueues } from '@/lib/review/draw-grants';
import { currentPolicy } from '@/lib/review/policies';
import { NOT_COUNTED, recordSearch } from '@/lib/review/record-search';
import { runBatch } from '@/lib/review/run-batch';
import { archiveView, savedViews, saveView } from '@/lib/review/saved-views';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { agreeOnly, eraseByRequest } from '../helpers/second-person';

let database: TestDatabase;
let upstream: RecordUpstream;
let ana: Actor;
let marek: Actor;
let adi: Actor;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false, files: [] }));
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    LOG_LEVEL: 'silent',
    DATA_DIR: `/tmp/${randomUUID()}`,
  });
  [ana, marek, adi] = [await person('Ana', 'analyst'), await person('Marek', 'manager'), await person('Adi', 'admin')];
  await fillIndex(1, 20);
  for (const id of [1, 2, 3]) await addNote(ana, id, { text: 'Called at noon.' });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const tagged = (id: number, name: string, value: string) =>
  db().$executeRaw`INSERT INTO console.record_tag (name, value, verification_id) VALUES (${name}, ${value}, ${BigInt(id)})`;
const exported = async (query: string, kind: ExportInput['kind'] = 'population') => {
  const { export: begun, done } = await createExport(marek, { kind, format: 'csv', query }, () => undefined);
  await done;
  return begun.id;
};
const saved = async (name: string, query: string, by = ana, shared = false) =>
  (await saveView(by, { name, query, shared, defaultFor: null, slaHours: null }, randomUUID())).view.id;
const erase = (...ids: number[]) => eraseByRequest({ first: marek, second: adi }, ids, 'Request 17 of the officer.');
/** Everything the database holds outside of a case and its index that a name could stand in. */
const kept = async () =>
  JSON.stringify([
    await db().export.findMany({ select: { query: true } }),
    await db().savedView.findMany({ select: { name: true, query: true } }),
    await db().auditPayload.findMany({ select: { data: true } }),
    await db().idempotencyKey.findMany({ select: { body: true } }),
    await db().batch.findMany({ select: { query: true } }),
  ]);
const queryOf = async (id: string) => (await db().export.findUniqueOrThrow({ where: { id } })).query;

test('an erasure takes the person’s name out of filters, views and the log, however it was written, and out of nothing else', async () => {
  const value = 'Lopez & Søn Z4711';
  await tagged(1, 'customerId', value);
  for (let id = 4; id <= 20; id += 1) await tagged(id, 'customerId', `other-${id}`);
  for (let id = 1; id <= 20; id += 1) await tagged(id, 'risk', id === 1 ? 'severe' : (['low', 'high'][id % 2] ?? ''));
  await db().$executeRaw`UPDATE console.record SET id_file_name = 'v_id_1_lopez_maria_passport.jpg' WHERE verification_id = 1`;
  const encoded = new URLSearchParams({ tag: `customerId=${encodeURIComponent(value)}` }).toString();
  const named = [
    await exported(new URLSearchParams({ customer: value }).toString()),
    await exported(encoded, 'audit-log'),
    await exported('text=Lopez_Maria&state=OPEN'),
  ];
  const others = [
    await exported('tag=risk%3Dsevere'),
    await exported('customer=other-4'),
    await exported('text=id.jpg'),
    await exported(''),
  ];
  const before = await Promise.all(others.map(queryOf));
  const views = [
    await saved('Her cases', `?${encoded}`),
    await saved('Live', new URLSearchParams({ tagFilter: `customerId=${value}` }).toString(), marek, true),
    await saved(`About ${value}`, 'state=OPEN', marek, true),
  ];
  const kindly = await saved('Severe', 'tag=risk%3Dsevere', marek, true);
  await archiveView(ana, views[0] ?? '');
  await grantQueues(marek, { reviewerId: ana.id, viewIds: [views[2] ?? '', kindly] });

  const preview = await previewErasure(marek, [1, 2], 'REQUEST');
  expect(preview.named).toMatchObject({ exports: 3, views: 3, sharedViews: expect.arrayContaining(['Live', `About ${value}`]) });
  expect(preview.named.events).toBeGreaterThanOrEqual(11);
  await erase(1);

  expect(await Promise.all(named.map(queryOf))).toEqual(named.map(() => ERASED_TEXT));
  expect(await Promise.all(others.map(queryOf))).toEqual(before);
  for (const actor of [ana, marek]) expect((await savedViews(actor)).map(({ id }) => id)).toEqual([kindly]);
  expect(await kept()).not.toMatch(/lopez|Z4711/i);
  const events = await db().auditEvent.findMany({ where: { action: 'case.erased' }, include: { payload: true } });
  expect(JSON.parse(events[0]?.payload?.data ?? '').data.counts).toMatchObject({ exportFilters: 3, savedViews: 3 });
  const again = await previewErasure(marek, [2], 'REQUEST');
  expect(again.named).toEqual({ exports: 0, events: 0, views: 0, sharedViews: [] });
});

test('a customer with another case keeps their name in filters until the last of their cases is erased', async () => {
  for (const id of [2, 3]) await tagged(id, 'customerId', 'Shared-99');
  const [id, view] = [await exported('customer=Shared-99'), await saved('Shared', 'tag=customerId%3DShared-99')];
  expect((await previewErasure(marek, [2], 'REQUEST')).named).toMatchObject({ exports: 0, views: 0 });
  expect((await previewErasure(marek, [2, 3], 'REQUEST')).named).toMatchObject({ exports: 1, views: 1 });
  await erase(2);
  expect(await queryOf(id)).toBe('customer=Shared-99');
  await erase(3);
  expect(await queryOf(id)).toBe(ERASED_TEXT);
  expect(await db().savedView.findUnique({ where: { id: view } })).toMatchObject({
    name: ERASED_TEXT,
    query: ERASED_TEXT,
    archivedAt: expect.any(Date),
  });
  expect(await kept()).not.toContain('Shared-99');
});

const detailsOf = async (subject: string) =>
  (await db().auditEvent.findMany({ where: { subject }, include: { payload: true } })).map(({ payload }) => payload?.data ?? null);

test('a customer whose id is a word of the console’s own takes nothing of strangers along, and the second person sees what goes', async () => {
  for (const [id, value] of [
    [11, 'population'],
    [12, 'result'],
    [13, 'OPEN'],
  ] as const) {
    await db().$executeRaw`DELETE FROM console.record_tag WHERE name = 'customerId' AND verification_id = ${BigInt(id)}`;
    await tagged(id, 'customerId', value);
    await addNote(ana, id, { text: 'Called at noon.' });
  }
  const stranger = await exported('state=OPEN&result=NOT_VERIFIED');
  const views = [await saved('Not verified', 'result=NOT_VERIFIED', marek, true), await saved('Reopened', 'state=OPEN', ana)];
  const before = await detailsOf(`export:${stranger}`);
  const view = await saved('Population, her cases', 'customer=Population', marek, true);

  const submitted = await submitErasure(marek, { ids: [11, 12, 13], rule: 'REQUEST', reason: 'Request 18 of the officer.', confirm: 3 });
  if (!('change' in submitted)) throw new Error('It was erased without a second person.');
  const [seen] = await waitingChanges(adi);
  expect(seen?.differences).toEqual([
    { label: 'Cases', from: 'kept', to: 'erased' },
    {
      label: 'Saved views that name these people',
      from: '1, shared with everyone: “Population, her cases”',
      to: 'archived, name and filter erased',
    },
    { label: 'Log entries elsewhere that name these people', from: '1', to: 'details erased' },
  ]);
  await answerChange(adi, submitted.change.id, { agrees: true, comment: '' });

  expect(await queryOf(stranger)).toBe('state=OPEN&result=NOT_VERIFIED');
  // What ends the file says so; what was said before stays.
  expect((await detailsOf(`export:${stranger}`)).slice(0, before.length)).toEqual(before);
  expect(before).not.toContain(null);
  expect((await savedViews(marek)).map(({ id }) => id)).toContain(views[0]);
  expect((await savedViews(ana)).map(({ id }) => id)).toEqual(expect.arrayContaining(views));
  expect((await savedViews(marek)).map(({ id }) => id)).not.toContain(view);
});

test('a name in another spelling goes as well, and so does the search of a bulk action that touched none of the cases', async () => {
  const value = 'M\u00fcller Jos\u00e9';
  await db().$executeRaw`DELETE FROM console.record_tag WHERE name = 'customerId' AND verification_id = 14`;
  await tagged(14, 'customerId', value);
  await tagged(15, 'customerId', 'M\u00dcLLER-JOS\u00c9');
  await addNote(ana, 14, { text: 'Called at noon.' });
  const decomposed = value.normalize('NFD');
  const views = [
    await saved(`Cases of ${decomposed}`, 'state=OPEN', marek, true),
    await saved('m\u00fcller\u00a0 jos\u00e9', 'state=OPEN', marek, true),
    await saved('Decomposed', new URLSearchParams({ customer: decomposed }).toString(), marek, true),
    await saved(
      'Upper case',
      new URLSearchParams({ tag: `customerId=${encodeURIComponent(value.toUpperCase())}` }).toString(),
      marek,
      true,
    ),
    await saved('Odd parameter', new URLSearchParams({ q: value }).toString(), marek, true),
  ];
  // Of another person: one who bears that very spelling, and one whose name only begins alike.
  const others = [
    await saved('Hyphen', 'customer=M%C3%9CLLER-JOS%C3%89', marek, true),
    await saved('M\u00fcller Josefine', 'customer=M%C3%BCller+Josefine', marek, true),
  ];
  const search = new URLSearchParams({ tag: `customerId=${encodeURIComponent(decomposed)}` });
  await recordSearch(ana, { source: 'index', filter: search, tags: [{ name: 'customerId', value: decomposed }], found: () => NOT_COUNTED });
  const query = new URLSearchParams({ tag: `customerId=${encodeURIComponent(decomposed)}` }).toString();
  const { batch } = await runBatch(ana, { verb: 'escalate', query, reason: 'Please look again.' }, randomUUID());
  expect(batch).toMatchObject({ query, succeeded: [], refused: [] });
  const kindly = await runBatch(ana, { verb: 'escalate', query: 'tag=risk%3Dnone', reason: 'Please look again.' }, randomUUID());

  await erase(14);

  const left = (await savedViews(marek)).map(({ id }) => id);
  expect(views.filter((id) => left.includes(id))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(others));
  expect(
    decodeURIComponent(decodeURIComponent((await kept()).replaceAll('%"', '"')))
      .normalize('NFC')
      .toLowerCase(),
  ).not.toMatch(/m\u00fcller[+\s]+jos\u00e9(?!f)/);
  expect(await db().batch.findUnique({ where: { id: batch.id } })).toMatchObject({ query: null, detail: batch.detail });
  expect(await db().batch.findUnique({ where: { id: kindly.batch.id } })).toMatchObject({ query: 'tag=risk%3Dnone' });
});

test('a policy takes no rule on a tag that identifies a person, because no erasure could take it out again', async () => {
  const withTag = (name: string, value: string) =>
    submitPolicy(adi, {
      version: 0,
      settings: { ...DEFAULT_POLICY, fourEyes: { ...DEFAULT_POLICY.fourEyes, tags: [{ name, value }] } },
      reason: 'A second reviewer sees these.',
    });
  for (let id = 1; id <= 20; id += 1) await tagged(id, 'passport', `P-${id}`);
  for (const name of ['customerId', 'passport'])
    expect(await refusalOf(withTag(name, 'P-5'))).toMatchObject({ code: 'unprocessable', message: expect.stringContaining('identifies') });
  expect(await withTag('risk', 'high')).toMatchObject({ policy: { version: 1 } });
});

test('the rows beside the log and the chain still verify, and the filter of an export cannot be changed but by an erasure', async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  expect(await reconcileRows(client)).toEqual({ first: null, differences: 0 });
  for (const verificationId of [1, 2, 3]) expect((await reconcileRows(client, { verificationId })).first).toBeNull();
  await client.end();
  expect(await verifyStoredChain()).toMatchObject({ whole: true });
  await expect(db().$executeRaw`UPDATE console.export SET query = console.erased_text()`).rejects.toThrow(/stays what was asked for/);
});

test('reasons of policies and changes, their comments and the events of both lose the name; what stays beside a proof never gets it', async () => {
  const [value, spelled] = ['Ingrid Żak 5521', 'INGRID  ż\u200bak 5521'];
  await fillIndex(30);
  await tagged(30, 'customerId', value);
  await addNote(ana, 30, { text: 'Called at noon.' });
  const { version, settings } = await currentPolicy();
  const policy = await changePolicy(marek, { version, settings: { ...settings, slaHours: 5 }, reason: `Asked for by ${spelled}.` });
  const weaker = { version: policy.version, settings: { ...policy.settings, qaSharePercent: 1 }, reason: `${value} complained.` };
  const waits = await submitPolicy(marek, weaker);
  const other = await submitPolicy(marek, { ...weaker, settings: { ...policy.settings, retentionDays: 99 }, reason: 'Nobody complained.' });
  if (!('change' in waits && 'change' in other)) throw new Error('It was done at once.');
  await answerChange(adi, other.change.id, { agrees: false, comment: `Not because of ${value}.` });

  // By its reason or its comment the proof of an erasure would name them, in whichever spelling.
  const byName = { ids: [30], rule: 'REQUEST' as const, reason: `Request of ${spelled}.`, confirm: 1 };
  for (const refused of [submitErasure(marek, byName), eraseCases(marek, { ...byName, rule: 'RETENTION' })])
    expect(await refusalOf(refused)).toMatchObject({ code: 'unprocessable', field: 'reason' });
  const erasure = await submitErasure(marek, { ...byName, reason: 'Request 18 of the officer.' });
  if (!('change' in erasure)) throw new Error('It was done at once.');
  const named = { agrees: true, comment: `${value} asked twice.` };
  expect(await refusalOf(answerChange(adi, erasure.change.id, named))).toMatchObject({ code: 'unprocessable', field: 'comment' });
  expect(await refusalOf(withdrawChange(adi, erasure.change.id, named.comment))).toMatchObject({ field: 'comment' });
  const shown = (await waitingChanges(adi)).find(({ id }) => id === erasure.change.id);
  expect(shown?.differences).toContainEqual({ label: 'Reasons of policies and changes that name these people', from: '3', to: 'erased' });
  await answerChange(adi, erasure.change.id, { agrees: true, comment: '' });

  const texts = JSON.stringify([
    await db().policy.findMany({ select: { reason: true } }),
    await db().proposedChange.findMany({ select: { reason: true } }),
    await db().changeVerdict.findMany({ select: { comment: true } }),
    await kept(),
  ]);
  expect(texts).not.toMatch(/5521/);
  expect(texts).toContain('Nobody complained.');
  // A proposal that waits takes effect without its reason, and what is left is bound to the log.
  await answerChange(adi, waits.change.id, { agrees: true, comment: '' });
  expect(await currentPolicy()).toMatchObject({ reason: ERASED_TEXT, settings: { qaSharePercent: 1 } });
  expect(await verifyStoredChain()).toMatchObject({ whole: true });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  expect(await reconcileRows(client)).toEqual({ first: null, differences: 0 });
  expect(await reconcileRows(client, { verificationId: 30 })).toEqual({ first: null, differences: 0 });
  await client.end();
  await expect(db().$executeRaw`UPDATE console.policy SET reason = console.erased_text()`).rejects.toThrow(/only grows/);
});

test('a rule on a tag that identifies a person is refused by the verb itself, not only where it is proposed', async () => {
  const { version, settings } = await currentPolicy();
  const fourEyes = { ...settings.fourEyes, tags: [...settings.fourEyes.tags, { name: 'customerId', value: 'other-9' }] };
  const direct = changePolicy(marek, { version, settings: { ...settings, fourEyes }, reason: 'A rule about one person.' });
  expect(await refusalOf(direct)).toMatchObject({ code: 'unprocessable', field: 'tags' });
});

test('searches, policies and policy proposals that take effect wait for an erasure that is under way', async () => {
  const { version, settings } = await currentPolicy();
  const waits = await submitPolicy(marek, { version, settings: { ...settings, retentionDays: 77 }, reason: 'Asked for by the officer.' });
  if (!('change' in waits)) throw new Error('It was done at once.');
  await agreeOnly(adi, waits.change);
  const filter = new URLSearchParams({ tag: 'name=Zacharias Ploompuu' });
  const writes = [
    () => recordSearch(ana, { source: 'index', filter, found: () => NOT_COUNTED }),
    () => changePolicy(marek, { version, settings: { ...settings, slaHours: 7 }, reason: 'Asked for by the officer.' }),
    () => takeEffect(waits.change.id),
  ];
  for (const write of writes) {
    let isOver = false;
    const run = await db().$transaction(async (tx) => {
      await withoutWritesBeside(tx);
      const begun = write().finally(() => {
        isOver = true;
      });
      while (!isOver && !(await waitsForAnErasure())) await setImmediate();
      expect(isOver).toBe(false);
      return { begun };
    });
    await run.begun;
  }
  expect((await currentPolicy()).settings).toMatchObject({ retentionDays: 77, slaHours: 7 });
});

test('a customer whose id is a year or a word takes no reasons of strangers along; a name takes the text, and what was changed stays', async () => {
  const texts = ['From January 2026 on, retention follows the new rule.', 'Wilhelmina Quastenfloss complained.'];
  for (const [id, value] of [
    [41, '2026'],
    [42, 'retention'],
    [43, 'Wilhelmina Quastenfloss'],
  ] as const) {
    await fillIndex(id);
    await tagged(id, 'customerId', value);
    await addNote(ana, id, { text: 'Called at noon.' });
  }
  for (const [index, reason] of texts.entries()) {
    const { version, settings } = await currentPolicy();
    await changePolicy(marek, { version, settings: { ...settings, claimMinutes: 20 + index }, reason });
  }
  const { version, settings } = await currentPolicy();
  // By the reason of another erasure the proof of that one would name her, and by a rule on the value every later policy.
  const other = { ids: [42], rule: 'REQUEST' as const, reason: `${texts[1]}`, confirm: 1 };
  expect(await refusalOf(submitErasure(marek, other))).toMatchObject({ code: 'unprocessable', field: 'reason' });
  const rule = { ...settings.fourEyes, tags: [...settings.fourEyes.tags, { name: 'risk', value: 'wilhelmina quastenfloss' }] };
  const named = changePolicy(marek, { version, settings: { ...settings, fourEyes: rule }, reason: 'Watch this one closely.' });
  expect(await refusalOf(named)).toMatchObject({ code: 'unprocessable', field: 'tags' });
  const asked = async (ids: number[]) => {
    const submitted = await submitErasure(marek, { ids, rule: 'REQUEST', reason: 'Request 19 of the officer.', confirm: ids.length });
    if (!('change' in submitted)) throw new Error('It was erased without a second person.');
    return submitted.change;
  };
  const [change, later] = [await asked([41, 42, 43]), await asked([43])];
  expect(change.differences).toContainEqual({ label: 'Text found', from: texts[1], to: ERASED_TEXT });
  expect(JSON.stringify(change.differences)).not.toContain(texts[0]);
  await answerChange(adi, change.id, { agrees: true, comment: '' });

  expect((await db().policy.findMany({ orderBy: { version: 'desc' }, take: 2 })).map(({ reason }) => reason)).toEqual([
    ERASED_TEXT,
    texts[0],
  ]);
  const events = (await detailsOf(`policy:${version}`)).map((data) => data && JSON.parse(data).data);
  expect(events).toMatchObject([
    null,
    { action: 'policy.changed', said: { version, settings: { claimMinutes: 21 }, reason: ERASED_TEXT } },
  ]);
  // What is said afterwards about another erasure of the case is not kept.
  await withdrawChange(adi, later.id, `${texts[1]}`);
  expect(await db().changeVerdict.findUnique({ where: { changeId: later.id } })).toMatchObject({ comment: ERASED_TEXT });
  expect(JSON.stringify(await kept())).not.toMatch(/Quastenfloss/i);
});

async function waitsForAnErasure(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ waits: boolean }[]>`SELECT EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) AS waits`;
  return row?.waits ?? false;
}
