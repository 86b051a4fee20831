import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';

// The advisory lock Prisma Migrate itself takes, so that both never run at once.
const LOCK = 72707369;

const bookkeeping = z.array(z.object({ migration_name: z.string(), checksum: z.string(), finished: z.boolean() }));

/**
 * Applies `<migrationsDir>/*\/migration.sql` in the order of their names, each in one transaction, and answers the names applied now.
 * The books are Prisma's own: table `_prisma_migrations` in `schema`, which is where `prisma migrate` looks when its URL ends in
 * `?schema=<schema>`. Creates the schema. Throws an Error with one sentence when a migration fails, failed before, or was edited
 * after it was applied.
 */
export async function migrate(databaseUrl: string, migrationsDir: string, { schema }: { schema: string }): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Ends with the session, so a killed process leaves no lock behind.
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const table = `${client.escapeIdentifier(schema)}._prisma_migrations`;
    await prepare(client, schema, table);
    return await applyMissing(client, table, migrationsDir);
  } finally {
    await client.end();
  }
}

async function prepare(client: Client, schema: string, table: string): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${client.escapeIdentifier(schema)}`);
  await client.query(`CREATE TABLE IF NOT EXISTS ${table} (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
  // Unqualified names in a migration mean its own schema, as they do when Prisma applies it.
  await client.query(`SET search_path TO ${client.escapeIdentifier(schema)}`);
}

async function applyMissing(client: Client, table: string, folder: string): Promise<string[]> {
  const known = await appliedMigrations(client, table);
  const done: string[] = [];
  for (const { name, sql, checksum } of readMigrations(folder)) {
    const before = known.get(name);
    if (before === undefined) {
      await apply(client, table, name, sql, checksum);
      done.push(name);
    } else if (before !== checksum) {
      throw new Error(`Migration ${name} was edited after it was applied; put the applied text back and add a new migration.`);
    }
  }
  return done;
}

async function appliedMigrations(client: Client, table: string): Promise<Map<string, string>> {
  const found = await client.query(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM ${table} WHERE rolled_back_at IS NULL`,
  );
  const rows = bookkeeping.parse(found.rows);
  const broken = rows.find((row) => !row.finished);
  if (broken) throw new Error(`Migration ${broken.migration_name} failed under Prisma; resolve it with prisma migrate resolve first.`);
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

type Migration = { name: string; sql: string; checksum: string };

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'migration.sql')));
  return names.sort().map((name) => {
    const bytes = readFileSync(join(folder, name, 'migration.sql'));
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
  });
}

// Tables and their entry in the books come together or not at all, so a kill in the middle leaves nothing to repair.
async function apply(client: Client, table: string, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO ${table} (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${name} could not be applied: ${reason}.`, { cause: error });
  }
}
