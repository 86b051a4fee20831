import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOut } from '@/lib/export/copy-out';
import { withSnapshot } from '@/lib/export/snapshot';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

/** A connection as the exports have it, and one as the driver makes it, which is what TLS leaves us with. */
const CONNECTIONS: [string, (work: (client: Client) => Promise<void>) => Promise<void>][] = [
  ['a thrifty connection', withSnapshot],
  [
    'any other connection',
    async (work) => {
      const client = new Client({ connectionString: database.url });
      client.on('error', () => undefined);
      await client.connect();
      await work(client).finally(() => client.end().catch(() => undefined));
    },
  ],
];

/** The rows of two text columns, read in pieces of `size`. */
async function rowsOf(client: Client, query: string, size = 7): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  let since = 0;
  const row = (copied: { bytes: Buffer; start(n: number): number; end(n: number): number; isNull(n: number): boolean }) => {
    since += 1;
    rows.push([0, 1].map((n) => (copied.isNull(n) ? null : copied.bytes.toString('utf8', copied.start(n), copied.end(n)))));
  };
  for await (const told of copyOut(client, query, 2, { row, isFull: () => since >= size })) {
    expect(told).toBe(since);
    since = 0;
  }
  return rows;
}

describe.each(CONNECTIONS)('over %s a copy', (_name, connected) => {
  test('yields every row, whatever its size, also none, one copy after the other', async () => {
    const query = `SELECT n::text, CASE WHEN n % 3 > 0 THEN repeat('é', n % 5 * n * n) END FROM generate_series(1, 200) AS n ORDER BY n`;
    await connected(async (client) => {
      const { rows } = await client.query({ text: query, rowMode: 'array' });
      expect(await rowsOf(client, query)).toEqual(rows);
      expect(await rowsOf(client, `${query} LIMIT 0`)).toEqual([]);
      expect(await rowsOf(client, query, 1_000)).toEqual(rows);
    });
  });

  test('that fails on the way says why, and the connection goes on', async () => {
    await connected(async (client) => {
      await client.query('ROLLBACK');
      const failing = `SELECT n::text, (1 / (n - 5000))::text FROM generate_series(1, 9000) AS n`;
      await expect(rowsOf(client, failing, 100)).rejects.toThrow('division by zero');
      await expect(rowsOf(client, 'SELECT nothing')).rejects.toThrow('does not exist');
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });

  test('whose connection breaks throws', async () => {
    await connected(async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      const other = new Client({ connectionString: database.url });
      await other.connect();
      const broken = rowsOf(client, 'SELECT n::text, pg_sleep(0.001)::text FROM generate_series(1, 1000000) AS n');
      await Promise.all([expect(broken).rejects.toThrow(/terminat/), other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])]);
      await other.end();
    });
  });
});
