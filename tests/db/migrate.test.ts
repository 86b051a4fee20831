import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { offline, prismaCli } from '@/lib/db/generate.mjs';
import { migrate } from '@/lib/db/migrate';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const prisma = (args: string[], url: string) =>
  promisify(execFile)(process.execPath, [prismaCli(), ...args, '--config', 'prisma/prisma.config.ts'], {
    env: { ...process.env, ...offline(), DATABASE_URL: `${url}?schema=console` },
  });

/** The SQL that would make the database what the schema says. */
async function drift(url: string): Promise<string> {
  const diff = ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--script'];
  return (await prisma(diff, url)).stdout.trim();
}

async function run(url: string, sql: string): Promise<{ table_name: string }[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

// Each asks the Prisma command, which takes seconds to start where other tests run beside it.
describe('the migrations of the console', { timeout: 120_000 }, () => {
  test('are all applied in the eyes of prisma migrate deploy', async () => {
    const { stdout } = await prisma(['migrate', 'deploy'], database.url);
    expect(stdout).toContain('No pending migrations to apply.');
  });

  test('lead to exactly what prisma/schema.prisma says', async () => {
    expect(await drift(database.url)).toBe('-- This is an empty migration.');
  });

  test('are caught when they lack what prisma/schema.prisma says', async () => {
    const drifted = await testDatabase();
    await run(drifted.url, 'ALTER TABLE console.note DROP COLUMN text');
    expect(await drift(drifted.url)).toContain('ALTER TABLE "note" ADD COLUMN');
    await drifted.drop();
  });
});

describe('migrate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, sql: string): void {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  }

  async function tables(schema: string): Promise<string[]> {
    const rows = await run(database.url, `SELECT table_name FROM information_schema.tables WHERE table_schema = '${schema}' ORDER BY 1`);
    return rows.map((row) => row.table_name).filter((name) => name !== '_prisma_migrations');
  }

  test('applies each migration once, in the order of names, also when two processes start together', async () => {
    write('2_more', 'CREATE TABLE second AS SELECT * FROM first');
    write('1_base', 'CREATE TABLE first (n int)');
    const both = await Promise.all([1, 2].map(() => migrate(database.url, folder, { schema: 'once' })));
    expect(both.flat()).toEqual(['1_base', '2_more']);
    expect(await tables('once')).toEqual(['first', 'second']);
  });

  test('leaves nothing of a migration that fails, and applies it once it is mended', async () => {
    write('1_base', 'CREATE TABLE half (n int); SELECT 1/0');
    await expect(migrate(database.url, folder, { schema: 'mended' })).rejects.toThrow(
      'Migration 1_base could not be applied: division by zero.',
    );
    expect(await tables('mended')).toEqual([]);
    write('1_base', 'CREATE TABLE whole (n int)');
    expect(await migrate(database.url, folder, { schema: 'mended' })).toEqual(['1_base']);
  });

  test('refuses a migration that was edited after it was applied', async () => {
    write('1_base', 'CREATE TABLE first (n int)');
    await migrate(database.url, folder, { schema: 'edited' });
    write('1_base', 'CREATE TABLE first (n bigint)');
    await expect(migrate(database.url, folder, { schema: 'edited' })).rejects.toThrow('Migration 1_base was edited after it was applied');
  });
});
