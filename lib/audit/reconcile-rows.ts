import { Client } from 'pg';
import { z } from 'zod';
import { ROW_FAULTS, type RowsVerdict } from '@/lib/domain/row-difference';
import { env } from '@/lib/env';
import { alteredSchema } from './altered-schema';
import { brokenEvent } from './broken-event';
import { RECONCILE_SQL } from './reconcile-sql';

const stored = z.object({
  seq: z.coerce.number().int().nullable(),
  table: z.string(),
  id: z.string(),
  fault: z.enum(ROW_FAULTS),
  differences: z.coerce.number().int(),
});

/** A connection of the comparison's own, or of an export whose transaction sees the moment in question: its planner is set for this. */
type Reader = Pick<Client, 'query'>;

/**
 * Compares the rows of every bound table with the log, as one statement of `client` sees both, and returns the first that differs. With
 * `verificationId` it compares the rows of that case alone. First it compares the functions of the database with what the migrations make, then it
 * hashes the events it relies on; a changed function or a broken event is the only difference it returns. Where no row differs, the first trigger,
 * constraint or table that is not as the migrations make it is the difference: what it would have refused may have been written.
 * Whether the log leads to the signed heads is not compared here: verifyStoredChain does that.
 */
export async function reconcileRows(client: Reader, { verificationId }: { verificationId?: number } = {}): Promise<RowsVerdict> {
  // An export's connection sorts and hashes nothing, and remembering single payloads only takes memory.
  await client.query("SET enable_sort = on; SET enable_hashjoin = on; SET enable_memoize = off; SET jit = off; SET work_mem = '64MB'");
  const { functions, guards } = await alteredSchema(client);
  const [blind] = functions;
  if (blind) return { first: blind, differences: functions.length + guards.length };
  const broken = await brokenEvent(client, { from: verificationId === undefined ? 1 : await firstOf(client, verificationId) });
  if (broken) return { first: broken, differences: 1 };
  const { rows } = await client.query(`SELECT *, count(*) OVER () AS differences FROM (${RECONCILE_SQL}) AS all_of_them LIMIT 1`, [
    verificationId ?? null,
  ]);
  if (rows.length === 0) return { first: guards[0] ?? null, differences: guards.length };
  const { differences, ...first } = stored.parse(rows[0]);
  return { first, differences };
}

async function firstOf(client: Reader, verificationId: number): Promise<number> {
  const { rows } = await client.query('SELECT coalesce(min(seq), 1) AS seq FROM console.audit_event WHERE subject = $1', [
    `verification:${verificationId}`,
  ]);
  return Number(rows[0]?.seq ?? 1);
}

/** Reconciles over a connection of its own. Throws when the database cannot be read. */
export async function reconcileStoredRows(): Promise<RowsVerdict> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  client.on('error', () => {});
  await client.connect();
  try {
    return await reconcileRows(client);
  } finally {
    await client.end().catch(() => {});
  }
}
