import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { migrate } from '@/lib/db/migrate';

/** Connections to the service's own schema. */
export type Store = Pool;

/**
 * Brings schema `engine` of a database up to date and opens a pool of `connections` to it.
 * Throws when the database cannot be reached or a migration fails.
 */
export async function openStore(databaseUrl: string, connections: number): Promise<Store> {
  await migrate(databaseUrl, fileURLToPath(new URL('./migrations', import.meta.url)), { schema: 'engine' });
  const pool = new Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 5_000,
    application_name: 'second-look engine',
    // A server that has been restarted closes idle connections; the next query simply opens another.
    keepAlive: true,
  });
  pool.on('error', () => {});
  return pool;
}
