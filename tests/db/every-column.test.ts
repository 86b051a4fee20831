import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { UPSTREAM } from '@/lib/mirror/record-source';
import { type RecordRow, ROW_RULES, rowOfRecord } from '@/lib/mirror/row-of-record';
import { runStretch } from '@/lib/mirror/run-stretch';
import { adaptVerification } from '@/lib/upstream/adapt';
import { closeUpstream } from '@/lib/upstream/connection';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { anyRecordOf, type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const THIS_MIGRATION = '0019';
const [ana, marek] = [randomUUID(), randomUUID()];

let database: TestDatabase;
let upstream: ListUpstream;
let expected: Map<number, RecordRow>;

const tagged = (...pairs: [string, string][]) => ({ tags: pairs.map(([name, value]) => ({ name, value })) });
const counted = (faceCount: unknown, type: object = { type: 'FACE_DETECTION' }) => ({
  modelResults: { technicalChecks: ['odd', null, { ...type, faceCount }] },
});

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  for (let id = 1; id <= 20; id += 1) upstream.records.set(id, anyRecordOf(id));
  const odd = [
    tagged(['customerId', '9999'], ['customerId', '1000'], ['a', 'b']),
    tagged(['customerId', 'zero\u0000 and \ud800'], ['long', 'é'.repeat(2000)]),
    counted({ id: 3, selfie: null }),
    counted({ id: '3', selfie: -1 }),
    counted({ id: 2 ** 53 - 1, selfie: 1.5 }),
    counted({ id: 1, selfie: 1 }, { checkType: '', type: 'face_detection' }),
    counted({ id: 7, selfie: 7 }, { checkType: 'face_match', type: 'face_detection' }),
    { modelResults: { technicalChecks: 'none' } },
    { modelResults: null },
  ];
  odd.forEach((more, index) => {
    upstream.records.set(101 + index, recordOf(101 + index, more));
  });
  expected = new Map([...upstream.records].map(([id, record]) => [id, rowOf(record)]));
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const rowOf = (record: unknown) =>
  rowOfRecord({ verification: adaptVerification(record), raw: Buffer.from(JSON.stringify(record)), snapshotHash: snapshotHash(record) });

/** The migrations from the first to the one before this. */
async function migrateBefore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'second-look-before-'));
  for (const name of readdirSync('prisma/migrations').filter((known) => known < THIS_MIGRATION))
    cpSync(join('prisma/migrations', name), join(folder, name), { recursive: true });
  await migrate(database.url, folder, { schema: 'console' });
  rmSync(folder, { recursive: true });
}

/** An index as it was filled before: all of the records, one of them decided by Ana and one given to Marek. */
async function fillAsBefore(): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('DROP SCHEMA console CASCADE');
  await migrateBefore();
  for (const row of expected.values()) {
    await client.query(
      `INSERT INTO console.record (verification_id, machine_result, model, id_file_name, id_file_type, selfie_file_name, selfie_file_type,
        findings, raw, snapshot_hash) VALUES ($1, $2, '', '', '', '', '', $3, $4, $5)`,
      [row.verification_id, row.machine_result, row.findings, row.raw, row.snapshot_hash],
    );
    for (const { name, value } of row.tags)
      await client.query('INSERT INTO console.record_tag (name, value, verification_id) VALUES ($1, $2, $3)', [
        name,
        value,
        row.verification_id,
      ]);
  }
  await client.query(`INSERT INTO console.sync_state (kind, finished_at) VALUES ('backfill', now())`);
  await client.end();
  await db().user.createMany({
    data: [
      { id: ana, email: 'ana@example.test', name: 'Ana Lima', role: 'analyst' },
      { id: marek, email: 'marek@example.test', name: 'Marek Novák', role: 'analyst' },
    ],
  });
  await decide(5n);
  await assign(6n);
}

const decide = (verificationId: bigint) =>
  db().decision.create({
    data: {
      verificationId,
      version: 1,
      outcome: 'DECLINED',
      machineResult: 'NOT_VERIFIED',
      isOverride: false,
      reasonCodes: ['FACE_MISMATCH'],
      rationale: '',
      proposerId: ana,
      proposerName: 'Ana Lima',
      proposerEmail: 'ana@example.test',
      snapshotHash: 'a'.repeat(64),
    },
  });

const assign = (verificationId: bigint) =>
  db().assignment.create({ data: { verificationId, byId: ana, byName: 'Ana Lima', assigneeId: marek, assigneeName: 'Marek Novák' } });

interface Column {
  customer: string | null;
  tagText: string | null;
  faces: string;
  warnings: number;
}

async function columns(): Promise<Map<number, Column>> {
  const rows = await db().record.findMany({ orderBy: { verificationId: 'asc' } });
  return new Map(
    rows.map(({ verificationId, customer, tagText, faces, warnings }) => [
      Number(verificationId),
      { customer, tagText, faces: `{${faces.join(',')}}`, warnings },
    ]),
  );
}

const asTaken = () =>
  new Map([...expected].map(([id, { customer, tag_text: tagText, faces, warnings }]) => [id, { customer, tagText, faces, warnings }]));

describe('an index that was filled before it could be sorted by every column', () => {
  test('is near at once, and exact after the next sweep, which touches nothing else and does it once', { timeout: 60_000 }, async () => {
    await fillAsBefore();
    await migrate(database.url, 'prisma/migrations', { schema: 'console' });

    const near = await columns();
    expect(near.size).toBe(expected.size);
    // One number is beyond what is read here; a record with several customers is under the lowest.
    for (const [id, { faces }] of asTaken()) if (id !== 105) expect(near.get(id)?.faces, `faces of ${id}`).toBe(faces);
    expect(near.get(101)).toMatchObject({ customer: '1000', tagText: 'a = b, customerId = 1000, customerId = 9999' });
    for (const [id, { customer, tagText }] of asTaken()) if (id > 102) expect(near.get(id)).toMatchObject({ customer, tagText });
    for (const [id, { warnings }] of asTaken()) {
      expect(near.get(id)?.warnings).toBeLessThanOrEqual(warnings);
      expect((near.get(id)?.warnings ?? 0) > 0).toBe(warnings > 0);
    }
    const names = async (id: bigint) =>
      db().record.findUniqueOrThrow({ where: { verificationId: id }, select: { reviewerName: true, assigneeName: true } });
    expect(await names(5n)).toEqual({ reviewerName: 'Ana Lima', assigneeName: null });
    expect(await names(6n)).toEqual({ reviewerName: null, assigneeName: 'Marek Novák' });

    const before = await db().record.findMany({ select: { verificationId: true, changedAt: true } });
    const sweep = () =>
      runStretch('sweep', {
        signal: new AbortController().signal,
        until: Number.POSITIVE_INFINITY,
        source: UPSTREAM,
        restMs: 0,
      });
    expect(await sweep()).toEqual({ state: 'done' });
    expect(await columns()).toEqual(asTaken());
    expect(await db().record.count({ where: { madeBy: { not: ROW_RULES } } })).toBe(0);
    expect(await db().recordVersion.count()).toBe(0);
    const after = await db().record.findMany({ select: { verificationId: true, changedAt: true } });
    const byNumber = (rows: typeof before) => rows.toSorted((a, b) => Number(a.verificationId - b.verificationId));
    expect(byNumber(after)).toEqual(byNumber(before));
    expect(await names(5n)).toEqual({ reviewerName: 'Ana Lima', assigneeName: null });

    const seen = await db().record.findMany({ select: { verificationId: true, seenAt: true } });
    expect(await sweep()).toEqual({ state: 'done' });
    expect(await db().record.findMany({ select: { verificationId: true, seenAt: true } })).toEqual(seen);
  });
});
