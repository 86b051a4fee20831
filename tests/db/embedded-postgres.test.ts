import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { startPostgres } from '@/lib/db/embedded-postgres';

const dataDir = mkdtempSync(join(tmpdir(), 'second-look-postgres-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', { timeout: 120_000 }, () => {
  test('keeps committed rows through kill -9 and starts again on the same port', async () => {
    const first = await startPostgres({ dataDir });
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept SELECT generate_series(1, 1000)');
    const idle = new Client({ connectionString: first.url });
    const cut = new Promise<void>((resolve) => idle.on('end', resolve));
    idle.on('error', () => {});
    await idle.connect();
    if (!first.child) throw new Error('the first start must not find a running server');
    const gone = once(first.child, 'exit');
    process.kill(first.pid, 'SIGKILL');
    await Promise.all([gone, cut]);

    const second = await startPostgres({ dataDir });
    expect(await query(second.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
    expect({ port: second.port, reused: second.reused }).toEqual({ port: first.port, reused: false });
    await second.stop();
  });

  test('joins the server that already runs on its folder, and stop() stops that one', async () => {
    const first = await startPostgres({ dataDir });
    const joined = await startPostgres({ dataDir });
    expect({ pid: joined.pid, url: joined.url, reused: joined.reused }).toEqual({ pid: first.pid, url: first.url, reused: true });
    await joined.stop();
    await expect(query(first.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('lets nobody in without the password, which only the owner of the data folder can read', async () => {
    const server = await startPostgres({ dataDir });
    const stranger = new URL(server.url);
    stranger.password = 'guessed';
    await expect(query(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'logs/postgres.log'), 'utf8')).not.toContain(new URL(server.url).password);
    await server.stop();
  });

  test('gives the console a role that cannot switch triggers off', async () => {
    const server = await startPostgres({ dataDir });
    await expect(query(server.url, "SET session_replication_role = 'replica'")).rejects.toMatchObject({ code: '42501' });
    await server.stop();
  });
});
