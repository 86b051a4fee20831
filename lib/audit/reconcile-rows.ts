import { Client } from 'pg';
import { z } from 'zod';
import { env } from '@/lib/env';
import { RECONCILE_SQL, ROW_FAULTS } from './reconcile-sql';

/** A row that is not as the log says. `seq` is the event that binds it; null for a row that no event binds. */
export interface RowDifference {
  seq: number | null;
  table: string;
  id: string;
  fault: (typeof ROW_FAULTS)[number];
}

/** What a reconciliation found. `first` is the difference of the oldest event; null when there is none. */
export interface RowsVerdict {
  first: RowDifference | null;
  /** How many rows differ. */
  differences: number;
}

const stored = z.object({
  seq: z.coerce.number().int().nullable(),
  table: z.string(),
  id: z.string(),
  fault: z.enum(ROW_FAULTS),
  differences: z.coerce.number().int(),
});

/** What runs a query: a client of its own, or one whose transaction sees the moment in question. */
type Reader = Pick<Client, 'query'>;

/**
 * Compares the rows of every bound table with the log, as one statement of `client` sees both, and returns the first that differs. With
 * `verificationId` it compares the rows of that case alone. The chain is not verified here: verifyStoredChain does.
 */
export async function reconcileRows(client: Reader, { verificationId }: { verificationId?: number } = {}): Promise<RowsVerdict> {
  const { rows } = await client.query(`SELECT *, count(*) OVER () AS differences FROM (${RECONCILE_SQL}) AS all_of_them LIMIT 1`, [
    verificationId ?? null,
  ]);
  if (rows.length === 0) return { first: null, differences: 0 };
  const { differences, ...first } = stored.parse(rows[0]);
  return { first, differences };
}

/** Reconciles over a connection of its own. Throws when the database cannot be read. */
export async function reconcileStoredRows(): Promise<RowsVerdict> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query("SET work_mem = '64MB'");
    return await reconcileRows(client);
  } finally {
    await client.end().catch(() => {});
  }
}

const FAULT_SENTENCE: Record<RowDifference['fault'], (row: string, event: string) => string> = {
  changed: (row, event) => `${row} was changed after ${event} recorded it`,
  'without-event': (row) => `${row} has no event in the log that recorded it`,
  missing: (row, event) => `${row} is gone, though ${event} recorded it`,
  'bound-again': (row, event) => `${row} was recorded again with other content by ${event}, which is not an erasure`,
  'bound-by-another': (row, event) => `${row} was first recorded by ${event}, which does not record such rows`,
};

/** The first difference as one sentence, with the number of the others. */
export function rowsSentence({ first, differences }: RowsVerdict): string {
  if (!first) return 'Every row the log records is as its event recorded it.';
  const sentence = FAULT_SENTENCE[first.fault](`The ${first.table.replaceAll('_', ' ')} ${first.id}`, `event ${first.seq}`);
  return `${sentence}.${differences > 1 ? ` ${differences - 1} more ${differences === 2 ? 'row differs' : 'rows differ'}.` : ''}`;
}
