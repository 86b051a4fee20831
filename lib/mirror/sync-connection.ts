import pLimit from 'p-limit';
import { Client } from 'pg';
import { env } from '@/lib/env';

/** The connection a sync writes through. It holds the lock, so a lost connection is a lost lock and nothing more is written. */
export type SyncConnection = Client;

const LOCK = 7335652412;

/** What this connection does differently from others. */
const OPTIONS = [
  // A page lost in a power cut is fetched again: the cursor is lost with it.
  '-c synchronous_commit=off',
  // Every statement here goes for single rows by an index; on tables that were empty a moment ago the planner would not know.
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off',
];

/**
 * Does the work as the one process that syncs, on a connection of its own; answers `elsewhere` at once when another one does.
 * Within a process those who want to sync wait for each other.
 */
export function withSyncConnection<T>(work: (connection: SyncConnection) => Promise<T>): Promise<T | 'elsewhere'> {
  return oneByOne(() => alone(work));
}

const oneByOne = pLimit(1);

async function alone<T>(work: (connection: SyncConnection) => Promise<T>): Promise<T | 'elsewhere'> {
  const connection = new Client({ connectionString: env().DATABASE_URL, options: OPTIONS.join(' ') });
  // A broken connection tells the statement that waits on it; without a listener it would end the process as well.
  connection.on('error', () => undefined);
  await connection.connect();
  try {
    const { rows } = await connection.query('SELECT pg_try_advisory_lock($1) AS mine', [LOCK]);
    return rows[0]?.mine === true ? await work(connection) : 'elsewhere';
  } finally {
    await connection.end();
  }
}
