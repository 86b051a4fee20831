import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { migrate } from '@/lib/db/migrate';

/** The first migration that only makes searching quick. */
const SEARCH_MIGRATION = '0009';

/**
 * Fills the index with records in one go, in the database's own language: 20 % failures, findings from common (30 %) to rare
 * (0.01 %), three tags each (one on a third of all, one on a hundredth, one on ten records), a state for every hundredth to
 * ten-thousandth. What a page carries is as large as the service's own records are.
 */
export async function loadIndex(databaseUrl: string, records: number, log: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('DROP SCHEMA IF EXISTS console CASCADE');
    await migrateBefore(databaseUrl, SEARCH_MIGRATION);
    // Neither the rows' own triggers nor waiting for the disk belong to what is measured here.
    await client.query('SET synchronous_commit = off');
    const step = 100_000;
    for (let from = 0; from < records; from += step) {
      await client.query(INSERT_RECORDS, [from + 1, Math.min(records, from + step)]);
      await client.query(INSERT_TAGS, [from + 1, Math.min(records, from + step)]);
      log(`${from + step} records`);
    }
  } finally {
    await client.end();
  }
}

/** What the server does by itself within minutes: its statistics and its map of settled pages. */
export async function settle(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  for (const table of ['record', 'record_tag', 'claim']) await client.query(`VACUUM (ANALYZE) console.${table}`);
  await client.end();
}

// An index is made ten times as fast of a full table as row by row.
async function migrateBefore(databaseUrl: string, first: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  for (const name of readdirSync('prisma/migrations').filter((known) => known < first))
    cpSync(path.join('prisma/migrations', name), path.join(folder, name), { recursive: true });
  await migrate(databaseUrl, folder, { schema: 'console' });
  rmSync(folder, { recursive: true });
}

const RECEIVED = `to_timestamp(1700000000 + id * 30 + (id * 7919 % 1000))`;

const INSERT_RECORDS = `
  INSERT INTO console.record (verification_id, machine_result, received_at, model, model_version, id_file_name, id_file_size,
    id_file_type, selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, findings, raw, snapshot_hash, state,
    reviewer_id, decided_at, upstream_missing_at)
  SELECT id,
    CASE WHEN h % 5 = 0 THEN 'NOT_VERIFIED' ELSE 'VERIFIED' END,
    CASE WHEN h % 5000 = 7 THEN NULL ELSE ${RECEIVED} END,
    'second-look', CASE WHEN h % 100 = 0 THEN '0.9.0' ELSE '1.0.0' END,
    'passport_' || md5(id::text) || '.jpg', 100000 + h % 900000, 'image/jpeg',
    'selfie_' || md5((id * 31)::text) || CASE WHEN h % 10 = 0 THEN '.mp4' ELSE '.jpg' END, 50000 + h % 800000,
    CASE WHEN h % 10 = 0 THEN 'video/mp4' ELSE 'image/jpeg' END,
    (h % 100000) / 100000.0, 0.5 + (h % 50000) / 100000.0,
    array_remove(ARRAY[
      CASE WHEN h % 10 < 3 THEN 'ghost-portrait' END, CASE WHEN h % 20 = 1 THEN 'low-confidence' END,
      CASE WHEN h % 100 = 2 THEN 'small-face' END, CASE WHEN h % 1000 = 3 THEN 'several-selfie-faces' END,
      CASE WHEN h % 10000 = 4 THEN 'drift' END], NULL),
    '{"verificationId":' || id || ',"verified":' || (h % 5 <> 0)::text || ',"padding":"' || repeat(md5(id::text), 40) || '"}',
    encode(sha256(id::text::bytea), 'hex'),
    CASE WHEN h % 10000 = 5 THEN 'ESCALATED' WHEN h % 1000 = 6 THEN 'PENDING_SECOND_REVIEW' WHEN h % 100 = 7 THEN 'REOPENED'
      WHEN h % 10 < 7 THEN 'RESOLVED' ELSE 'OPEN' END,
    CASE WHEN h % 10 < 7 THEN ('00000000-0000-4000-8000-0000000000' || lpad((h % 20)::text, 2, '0'))::uuid END,
    CASE WHEN h % 10 < 7 THEN ${RECEIVED} + interval '1 hour' END,
    CASE WHEN h % 10000 = 8 THEN now() END
  FROM (SELECT id, (id * 2654435761 % 4294967296) / 16 AS h FROM generate_series($1::bigint, $2::bigint) AS id) AS numbered`;

const INSERT_TAGS = `
  INSERT INTO console.record_tag (name, value, verification_id)
  SELECT tag.name, tag.value, r.verification_id
  FROM console.record r, LATERAL (VALUES
    ('customerId', ((r.verification_id * 7919) % 100000)::text),
    ('branch', ((r.verification_id * 31) % 100)::text),
    ('channel', (ARRAY['web', 'ios', 'android'])[1 + r.verification_id % 3])) AS tag(name, value)
  WHERE r.verification_id BETWEEN $1 AND $2`;
