import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { inject } from 'vitest';

export type TestDatabase = {
  /** Connection string of a database of its own, with the console's migrations applied. */
  url: string;
  drop(): Promise<void>;
};

/** PostgreSQL's insufficient_privilege. */
const NOT_ALLOWED = '42501';

/**
 * A fresh database on the run's PostgreSQL, for one test file; parallel files do not see each other's rows.
 * It becomes DATABASE_URL of this file's process, with a folder and a key of its own for signed heads, so `db()` means it: call this before anything reads the settings.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateDatabaseUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asServer(template, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)} STRATEGY FILE_COPY`);
  const own = new URL(template);
  own.pathname = `/${name}`;
  const heads = join(tmpdir(), `second-look-${name}`);
  Object.assign(process.env, { DATABASE_URL: own.href, AUDIT_CHECKPOINT_DIR: heads, AUDIT_SIGNING_KEY: '5e'.repeat(32) });
  const drop = async () => {
    // FORCE is refused to a role that may not end all there is: an autovacuum worker for one, which a plain DROP sends away itself.
    await asServer(template, `DROP DATABASE ${name} WITH (FORCE)`).catch((error: unknown) => {
      if (!(error instanceof DatabaseError) || error.code !== NOT_ALLOWED) throw error;
      return asServer(template, `DROP DATABASE ${name}`);
    });
    rmSync(heads, { recursive: true, force: true });
  };
  return { url: own.href, drop };
}

async function asServer(address: URL, sql: string): Promise<void> {
  const server = new URL(address);
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
