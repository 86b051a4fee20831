import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { FINDING_KINDS } from '@/lib/domain/finding';
import { REVIEW_STATES } from '@/lib/domain/review';
import {
  DEFAULT_SEARCH,
  formatSearchQuery,
  NO_FILTER,
  parseSearchQuery,
  SEARCH_SORTS,
  type SearchFilter,
  type SearchQuery,
  type SearchSort,
} from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { type RecordRow, rowOfRecord } from '@/lib/mirror/row-of-record';
import { countMatches, idsMatching, searchRecords } from '@/lib/mirror/search';
import { orderOf } from '@/lib/mirror/search-sort';
import { writeRows, writeValues } from '@/lib/mirror/write-rows';
import { adaptVerification } from '@/lib/upstream/adapt';
import { person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

// The model: the same records as plain values, filtered and sorted by a few lines of JavaScript.
interface Known extends RecordRow {
  state: (typeof REVIEW_STATES)[number];
  reviewer_id: string | null;
  assignee_id: string | null;
  decided_at: number | null;
  missing: boolean;
}

const RECORDS = 240;
const ODD = ['a=b', '100%', 'x,y', `'; DROP TABLE console.record; --`, '"q"', '😀', 'ü ß', '\\', 'a_b', '%', '&tag=z', 'plain'];
const NAMES = ['passport.jpg', 'Passport_10%.JPG', 'ID_CARD 0042.png', `o'brien.jpg`, 'führerschein.webp', 'a_b.jpg', 'a1b.jpg', 'x'];
const pick = <Value>(values: readonly Value[], at: number): Value => values[at % values.length] as Value;
const at0 = 1_770_000_000_000;

let database: TestDatabase;
let [ana, ben]: Actor[] = [];
let known: Known[] = [];

beforeAll(async () => {
  database = await testDatabase();
  [ana, ben] = [await person('Ana', 'analyst'), await person('Ben', 'analyst')];
  known = Array.from({ length: RECORDS }, (_, index) => knownOf(index + 1, ana?.id ?? '', ben?.id ?? ''));
  await db().$queryRawUnsafe(writeRows(), ...writeValues(known.map(rowOf), Date.now()));
  const claimed = known.filter(({ state }) => state === 'CLAIMED');
  await db().claim.createMany({
    data: claimed.map(({ verification_id: id }) => ({
      verificationId: id,
      holderId: ana?.id ?? '',
      holderName: 'Ana',
      expiresAt: new Date(Date.now() + 3_600_000),
    })),
  });
  for (const record of known) await standAs(record);
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

function knownOf(id: number, anaId: string, benId: string): Known {
  // Multiplied by primes, so that no two columns go hand in hand.
  const [a, b, c, d] = [id * 7919, id * 104_729, id * 15_485_863, id * 611_953];
  const state = pick(REVIEW_STATES, a);
  const decided = state === 'RESOLVED';
  return {
    verification_id: id,
    machine_result: a % 3 === 0 ? 'NOT_VERIFIED' : 'VERIFIED',
    // Many at the same moment, some at an unknown one.
    received_at: b % 11 === 0 ? null : at0 + (b % 60) * 3_600_000,
    model: 'm',
    model_version: c % 5 === 0 ? null : `1.${c % 3}.0`,
    id_file_name: pick(NAMES, b),
    id_file_size: d % 7 === 0 ? null : d % 900,
    id_file_type: pick(['image/jpeg', 'image/png'], d),
    selfie_file_name: pick(NAMES, c + 3),
    selfie_file_size: d % 500,
    selfie_file_type: pick(['image/jpeg', 'video/mp4'], c),
    similarity: c % 6 === 0 ? null : Math.fround((c % 100) / 100),
    confidence: b % 9 === 0 ? null : Math.fround((b % 50) / 50),
    findings: [...new Set([pick(FINDING_KINDS, a), pick(FINDING_KINDS, d)])],
    warnings: d % 4,
    // As many digits each, so that no language puts them in another order.
    customer: c % 7 === 0 ? null : String(1000 + (c % 90)),
    tag_text: b % 8 === 0 ? null : `channel = ${1000 + (b % 70)}`,
    faces: `{${(a % 12) - 1},${(d % 3) - 1}}`,
    raw: Buffer.from(JSON.stringify({ verificationId: id })),
    snapshot_hash: 'a'.repeat(64),
    tags: tagsOf(a, b),
    state,
    reviewer_id: decided ? pick([anaId, benId], b) : null,
    assignee_id: pick([null, anaId, benId], c),
    decided_at: decided ? at0 + (d % 30) * 60_000 : null,
    missing: d % 13 === 0,
  };
}

function tagsOf(a: number, b: number): Tag[] {
  const tags = [
    { name: 'channel', value: pick(['web', 'app'], a) },
    { name: pick(ODD, a), value: pick(ODD, b) },
    { name: pick(ODD, b), value: pick(ODD, a + b) },
  ];
  return [...new Map(tags.map((tag) => [JSON.stringify(tag), tag])).values()];
}

const rowOf = ({ state, reviewer_id, assignee_id, decided_at, missing, ...row }: Known): RecordRow => row;

async function standAs({ verification_id: id, state, reviewer_id, assignee_id, decided_at, missing }: Known): Promise<void> {
  await db().record.update({
    where: { verificationId: id },
    data: {
      state: state === 'CLAIMED' || state === 'SNOOZED' ? 'OPEN' : state,
      snoozedUntil: state === 'SNOOZED' ? new Date(Date.now() + 3_600_000) : null,
      reviewerId: reviewer_id,
      reviewerName: nameOf(reviewer_id),
      assigneeId: assignee_id,
      assigneeName: nameOf(assignee_id),
      decidedAt: decided_at === null ? null : new Date(decided_at),
      upstreamMissingAt: missing ? new Date() : null,
    },
  });
}

const nameOf = (id: string | null) => [ana, ben].find((one) => one?.id === id)?.name ?? null;

const inside = (value: number | null, { from, to }: { from: number | null; to: number | null }) =>
  (from === null || (value !== null && value >= Math.fround(from) - 1e-9)) &&
  (to === null || value === null || value <= Math.fround(to) + 1e-9);
const within = (value: number | null, { from, to }: { from: number | null; to: number | null }) =>
  (from === null || (value !== null && value >= from)) && (to === null || value === null || value <= to);

const asNumbers = ({ from, to }: { from: string | null; to: string | null }) => ({
  from: from === null ? null : Number(from),
  to: to === null ? null : Number(to),
});

function fits(filter: SearchFilter, me: string, record: Known): boolean {
  const { tags, text, assignee, reviewer } = filter;
  const names = [record.id_file_name, record.selfie_file_name].map((name) => name.toLowerCase());
  return (
    (filter.machineResult === null || record.machine_result === filter.machineResult) &&
    (filter.states.length === 0 || filter.states.includes(record.state)) &&
    (filter.findings.length === 0 || filter.findings.some((kind) => record.findings.includes(kind))) &&
    within(record.received_at, asNumbers(filter.received)) &&
    inside(record.similarity, filter.similarity) &&
    inside(record.confidence, filter.confidence) &&
    tags.every(({ name, value }) => record.tags.some((tag) => tag.name === name && tag.value === value)) &&
    (text === '' || names.some((name) => name.includes(text.toLowerCase()))) &&
    (filter.modelVersion === null || record.model_version === filter.modelVersion) &&
    (reviewer === null || record.reviewer_id === (reviewer === 'me' ? me : reviewer)) &&
    (assignee === null || record.assignee_id === (assignee === 'nobody' ? null : assignee === 'me' ? me : assignee)) &&
    (!filter.missing || record.missing)
  );
}

const receivedAt = ({ received_at: at }: Known) => at ?? Number.NEGATIVE_INFINITY;
const LASTING: string[] = ['ESCALATED', 'OPEN', 'PENDING_SECOND_REVIEW', 'REOPENED', 'RESOLVED'];

/** The keys of the columns whose order does not depend on a language. */
const KEY: Partial<Record<SearchSort, (record: Known) => number>> = {
  receivedAt,
  machineResult: ({ machine_result: result }) => (result === 'VERIFIED' ? 1 : 0),
  state: ({ state }) => LASTING.indexOf(state === 'CLAIMED' || state === 'SNOOZED' ? 'OPEN' : state),
  modelVersion: ({ model_version: version }) => [null, '1.0.0', '1.1.0', '1.2.0'].indexOf(version),
  verificationId: ({ verification_id: id }) => id,
  idFileSize: ({ id_file_size: size }) => size ?? -1,
  selfieFileSize: ({ selfie_file_size: size }) => size ?? -1,
  similarity: ({ similarity }) => similarity ?? Number.NEGATIVE_INFINITY,
  confidence: ({ confidence }) => confidence ?? Number.NEGATIVE_INFINITY,
  decidedAt: ({ decided_at: at }) => at ?? Number.NEGATIVE_INFINITY,
  customer: ({ customer }) => Number(customer ?? 0),
  tags: ({ tag_text: text }) => Number(text?.replace('channel = ', '') ?? 0),
  faces: ({ faces }) =>
    faces
      .replace(/[{}]/g, '')
      .split(',')
      .map(Number)
      .reduce((id, selfie) => id * 100 + selfie),
  findings: ({ warnings }) => warnings,
  reviewer: ({ reviewer_id: id }) => [null, ana?.id, ben?.id].indexOf(id),
  assignee: ({ assignee_id: id }) => [null, ana?.id, ben?.id].indexOf(id),
};

/** By number where a column's values are equal, but within the columns of few values by time first. */
function inOrder(records: Known[], { sortBy, direction }: Pick<SearchQuery, 'sortBy' | 'direction'>): number[] | null {
  const key = KEY[sortBy];
  if (!key) return null;
  const sign = direction === 'asc' ? 1 : -1;
  const second = ['machineResult', 'state', 'modelVersion'].includes(sortBy) ? receivedAt : () => 0;
  const before = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
  return records
    .toSorted((a, b) => sign * (before(key(a), key(b)) || before(second(a), second(b)) || a.verification_id - b.verification_id))
    .map(({ verification_id: id }) => id);
}

async function pages(actor: Actor, query: SearchQuery): Promise<{ forwards: number[]; backwards: number[] }> {
  const forwards: number[] = [];
  const backwards: number[][] = [];
  let page = await searchRecords(actor, query);
  for (;;) {
    forwards.push(...page.records.map(({ id }) => id));
    if (page.nextCursor === null) break;
    page = await searchRecords(actor, { ...query, cursor: page.nextCursor });
  }
  for (;;) {
    backwards.unshift(page.records.map(({ id }) => id));
    if (page.previousCursor === null) break;
    page = await searchRecords(actor, { ...query, cursor: page.previousCursor });
  }
  return { forwards, backwards: backwards.flat() };
}

const tagOf = fc.oneof(
  fc.integer({ min: 0, max: RECORDS - 1 }).chain((at) => fc.nat(2).map((n) => ({ at, n }))),
  fc.constant(null),
);
const span = (low: number, high: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ from: null, to: null }) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high })).map(([from, to]) => ({ from, to })),
    },
    { weight: 1, arbitrary: fc.integer({ min: low, max: high }).map((from) => ({ from, to: null })) },
    { weight: 1, arbitrary: fc.integer({ min: low, max: high }).map((to) => ({ from: null, to })) },
  );
const hundredths = span(0, 100).map(({ from, to }) => ({ from: from === null ? null : from / 100, to: to === null ? null : to / 100 }));
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>, otherwise: Value) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });
const filterOf = fc.record({
  machineResult: rarely(fc.constantFrom('VERIFIED' as const, 'NOT_VERIFIED' as const), null),
  states: rarely(fc.subarray([...REVIEW_STATES]), []),
  findings: rarely(fc.subarray([...FINDING_KINDS], { maxLength: 4 }), []),
  received: span(at0, at0 + 60 * 3_600_000).map(({ from, to }) => ({
    from: from === null ? null : String(from),
    to: to === null ? null : String(to),
  })),
  similarity: hundredths,
  confidence: hundredths,
  taken: rarely(fc.array(tagOf, { maxLength: 3 }), []),
  text: rarely(fc.constantFrom('passport', 'PASS', '_', '%', '10%', `o'b`, 'ühr', 'card 0042', 'a_b', 'x', 'no such'), ''),
  modelVersion: rarely(fc.constantFrom('1.0.0', '1.1.0', '9'), null),
  reviewer: rarely(fc.constant('me'), null),
  assignee: rarely(fc.constantFrom('me', 'nobody'), null),
  missing: rarely(fc.constant(true), false),
});

describe('a search of the index', () => {
  test('finds under any filters exactly what fits, in any order, page by page and back again', { timeout: 120_000 }, async () => {
    const actor = ana as Actor;
    const sorts = fc.record({
      sortBy: fc.constantFrom(...SEARCH_SORTS),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
      limit: fc.constantFrom(3, 7, 50, 200),
    });
    await fc.assert(
      fc.asyncProperty(filterOf, sorts, async ({ taken, ...filter }, order) => {
        // Mostly tags that lie together on some record; the others are on different ones.
        const said = taken.flatMap((one) => (one ? (known[one.at]?.tags[one.n] ?? []) : [{ name: 'channel', value: 'web' }]));
        const tags = [...new Map(said.map((tag) => [JSON.stringify(tag), tag])).values()];
        const asked = { ...DEFAULT_SEARCH, ...filter, tags, ...order };
        // As an address says it: whatever a name or a value holds, no other parameter comes of it.
        const query = parseSearchQuery(formatSearchQuery(asked));
        expect(query).toEqual(asked);
        const fitting = known.filter((record) => fits(query, actor.id, record));
        const { forwards, backwards } = await pages(actor, query);
        expect(forwards.toSorted((a, b) => a - b)).toEqual(fitting.map(({ verification_id: id }) => id));
        expect(backwards).toEqual(forwards);
        const ordered = inOrder(fitting, query);
        if (ordered) expect(forwards).toEqual(ordered);
        expect(await countMatches(actor, query, { exact: true })).toEqual({ value: fitting.length, capped: false });
        expect(await countMatches(actor, query)).toEqual({ value: fitting.length, capped: false });
        expect(await idsMatching(actor, query, 5)).toEqual(forwards.slice(0, 5));
      }),
      { numRuns: 120, interruptAfterTimeLimit: 40_000 },
    );
    expect(await db().record.count()).toBe(RECORDS);
  });

  test('tells how old the index is beside every page, one without records too', async () => {
    const syncedAt = new Date(at0);
    await db().syncState.upsert({ where: { kind: 'follow' }, create: { kind: 'follow', syncedAt }, update: { syncedAt } });
    const empty = await searchRecords(ana as Actor, { ...DEFAULT_SEARCH, text: 'no such name' });
    expect(empty).toEqual({ records: [], nextCursor: null, previousCursor: null, syncedAt: at0 });
    expect((await searchRecords(ana as Actor, DEFAULT_SEARCH)).syncedAt).toBe(at0);
  });

  test('sorts by each column there is, both ways, along an index', async () => {
    for (const sortBy of SEARCH_SORTS) {
      for (const direction of ['asc', 'desc'] as const) {
        const { forwards } = await pages(ana as Actor, { ...DEFAULT_SEARCH, sortBy, direction, limit: 50 });
        expect(new Set(forwards).size).toBe(RECORDS);
        const ordered = inOrder(known, { sortBy, direction });
        if (ordered) expect(forwards, sortBy).toEqual(ordered);
      }
      const plan = await db().$transaction(async (tx) => {
        // Few records as these are read faster as a whole: what matters is that an index could be used at all.
        for (const way of ['seqscan', 'sort', 'bitmapscan']) await tx.$executeRawUnsafe(`SET LOCAL enable_${way} = off`);
        return tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
          `EXPLAIN SELECT r.verification_id FROM console.record r ORDER BY ${orderOf(sortBy, 'DESC')} LIMIT 50`,
        );
      });
      const text = plan.map((line) => line['QUERY PLAN']).join('\n');
      expect(text, sortBy).toMatch(/Index (Only )?Scan Backward using record_/);
      expect(text, sortBy).not.toContain('Sort');
    }
  });

  test('shows each record as it came, with its state of this moment, whom it was given to and who decided', async () => {
    const { records } = await searchRecords(ben as Actor, { ...DEFAULT_SEARCH, limit: 200, sortBy: 'verificationId', direction: 'asc' });
    const told = records.map(({ id, raw, state, reviewer, assignee, decidedAt, missing }) => ({
      id,
      raw,
      state,
      reviewer: reviewer?.id ?? null,
      assignee: assignee?.id ?? null,
      decidedAt,
      missing,
    }));
    expect(told).toEqual(
      known.slice(0, 200).map((record) => ({
        id: record.verification_id,
        raw: record.raw.toString(),
        state: record.state,
        reviewer: record.reviewer_id,
        assignee: record.assignee_id,
        decidedAt: record.decided_at,
        missing: record.missing,
      })),
    );
  });

  test('finds the one record that carries three hundred tags under all of them, some said twice, and none once one differs', async () => {
    const tags = Array.from({ length: 300 }, (_, index) => ({ name: `tag ${index}`, value: 'yes' }));
    const many = { ...rowOf(known[0] as Known), verification_id: RECORDS + 1, tags };
    await db().$queryRawUnsafe(writeRows(), ...writeValues([many], Date.now()));
    const query = parseSearchQuery(formatSearchQuery({ ...DEFAULT_SEARCH, tags: [...tags, ...tags.slice(0, 100)] }));
    expect(query.tags).toEqual(tags);
    expect((await searchRecords(ana as Actor, query)).records.map(({ id }) => id)).toEqual([RECORDS + 1]);
    expect(await countMatches(ana as Actor, query)).toEqual({ value: 1, capped: false });
    const other = { ...query, tags: [...tags.slice(1), { name: 'tag 0', value: 'no' }] };
    expect((await searchRecords(ana as Actor, other)).records).toEqual([]);
    expect(await countMatches(ana as Actor, other)).toEqual({ value: 0, capped: false });
    await db().recordTag.deleteMany({ where: { verificationId: RECORDS + 1 } });
    await db().record.delete({ where: { verificationId: RECORDS + 1 } });
  });

  test('neither repeats nor hides a row when others come and go between two pages', async () => {
    const actor = ana as Actor;
    const query: SearchQuery = { ...DEFAULT_SEARCH, ...NO_FILTER, sortBy: 'verificationId', direction: 'asc', limit: 50 };
    const first = await searchRecords(actor, query);
    const extra = { ...rowOf(knownOf(1, '', '')), verification_id: 0 };
    await db().$queryRawUnsafe(writeRows(), ...writeValues([extra], Date.now()));
    await db().record.delete({ where: { verificationId: 20 } });
    const second = await searchRecords(actor, { ...query, cursor: first.nextCursor });
    expect(second.records[0]?.id).toBe(51);
    await db().record.delete({ where: { verificationId: 0 } });
    await db().$queryRawUnsafe(writeRows(), ...writeValues([rowOf(known[19] as Known)], Date.now()));
    await standAs(known[19] as Known);
  });

  test('finds a tag by any value that can be shown, however long and whatever its name', async () => {
    const values = ['😀'.repeat(60), '\u0001'.repeat(1600), 'x'.repeat(10_000), ' blanks around ', 'a=b&c'];
    for (const tag of [
      ...values.map((value) => ({ name: 'customerId', value })),
      { name: '', value: 'no name' },
      { name: '=', value: '' },
    ]) {
      await stored(RECORDS + 2, [tag]);
      const query = parseSearchQuery(formatSearchQuery({ ...DEFAULT_SEARCH, tags: [tag] }));
      expect((await searchRecords(ana as Actor, query)).records.map(({ id }) => id)).toEqual([RECORDS + 2]);
      await removed(RECORDS + 2);
    }
  });

  test('has a next page behind the longest sort keys there are', async () => {
    // Control characters take six places each in a cursor.
    const tags = [{ name: 'a', value: '\u0001'.repeat(1500) }];
    for (const id of [1, 2, 3]) await stored(RECORDS + 10 + id, tags);
    let query = parseSearchQuery(new URLSearchParams('sortBy=tags&direction=asc&limit=1'));
    const seen: number[] = [];
    for (;;) {
      const page = await searchRecords(ana as Actor, query);
      seen.push(...page.records.map(({ id }) => id));
      if (page.nextCursor === null) break;
      query = parseSearchQuery(formatSearchQuery({ ...query, limit: 200, cursor: page.nextCursor }));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([RECORDS + 11, RECORDS + 12, RECORDS + 13]));
    for (const id of [1, 2, 3]) await removed(RECORDS + 10 + id);
  });

  test('refuses a place somebody wrote by hand, with values no column can hold', async () => {
    const refusal = async (sortBy: SearchSort, keys: string[], id = 1) => {
      const cursor = Buffer.from(JSON.stringify([sortBy, keys, id, 0])).toString('base64url');
      return (await refusalOf(searchRecords(ana as Actor, { ...DEFAULT_SEARCH, sortBy, cursor }))).code;
    };
    for (const key of ['2026-02-31 00:00:00+00', 'soon', '999999-01-01 00:00:00+00', '\0'])
      expect(await refusal('receivedAt', [key])).toBe('bad-request');
    expect(await refusal('idFileSize', ['1e400'])).toBe('bad-request');
    expect(await refusal('idFileSize', ['99999999999999999999'])).toBe('bad-request');
    expect(await refusal('similarity', ['many'])).toBe('bad-request');
    expect(await refusal('faces', ['{1'])).toBe('bad-request');
    expect(await refusal('findings', ['2147483648'])).toBe('bad-request');
  });

  test('refuses a place in another list, and names the parameter that cannot be read', async () => {
    const { nextCursor } = await searchRecords(ana as Actor, { ...DEFAULT_SEARCH, limit: 5 });
    expect((await refusalOf(searchRecords(ana as Actor, { ...DEFAULT_SEARCH, sortBy: 'similarity', cursor: nextCursor }))).field).toBe(
      'cursor',
    );
    for (const cursor of ['', 'x', Buffer.from('[1]').toString('base64url')])
      if (cursor) expect((await refusalOf(searchRecords(ana as Actor, { ...DEFAULT_SEARCH, cursor }))).code).toBe('bad-request');
    for (const address of ['from=-999999999999999', 'from=0000-01-01', 'to=2026-02-30', 'from=12/31/2026', 'to=999999999999999'])
      expect(() => parseSearchQuery(new URLSearchParams(address))).toThrow(/must be a day/);
    for (const address of ['result=MAYBE', 'sortBy=raw', 'limit=0', 'from=yesterday', 'tag=novalue', 'reviewer=1', 'state=OPEN&state=GONE'])
      expect(() => parseSearchQuery(new URLSearchParams(address))).toThrow(/must/);
  });
});

/** Puts a record with these tags into the index. */
async function stored(id: number, tags: Tag[]): Promise<void> {
  const verification = adaptVerification({ verificationId: id, tags });
  const row = rowOfRecord({ verification, raw: Buffer.from(JSON.stringify({ verificationId: id })), snapshotHash: 'e'.repeat(64) });
  await db().$queryRawUnsafe(writeRows(), ...writeValues([row], Date.now()));
}

async function removed(id: number): Promise<void> {
  await db().recordTag.deleteMany({ where: { verificationId: id } });
  await db().record.delete({ where: { verificationId: id } });
}

test('a list by reviewer or assignee shows the name it is sorted by, also after they were renamed', async () => {
  if (!ana || !ben) throw new Error('Nobody is here.');
  await db().user.update({ where: { id: ben.id }, data: { name: 'Aaron' } });
  for (const sortBy of ['reviewer', 'assignee'] as const) {
    const { records } = await searchRecords(ana, { ...DEFAULT_SEARCH, sortBy, direction: 'desc', limit: 200 });
    const names = records.map((record) => record[sortBy]?.name ?? '');
    expect(names).toEqual(names.toSorted().reverse());
    expect(new Set(names)).toEqual(new Set(['Ben', 'Ana', '']));
  }
  await db().user.update({ where: { id: ben.id }, data: { name: 'Ben' } });
});
