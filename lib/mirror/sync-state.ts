import { z } from 'zod';
import type { SyncConnection } from './sync-connection';

export type SyncKind = 'backfill' | 'follow' | 'sweep';

const wholeNumber = z.coerce.number().int();

const stateRow = z.object({
  cursor: wholeNumber,
  position: wholeNumber,
  unreadable: wholeNumber,
  started_at: z.date().nullable(),
  finished_at: z.date().nullable(),
});

/** How far a pass has come. `cursor` is the highest verificationId taken over, -1 before the first. */
export type SyncPoint = z.infer<typeof stateRow>;

/** What a stored page moves. */
export interface Advance {
  kind: SyncKind;
  cursor: number;
  position: number;
  total: number;
  unreadable: number;
}

/** The state of a pass; starts it when there is none. Follow begins where a finished backfill ended. */
export async function openPass(connection: SyncConnection, kind: SyncKind): Promise<SyncPoint> {
  const { rows } = await connection.query(
    `INSERT INTO console.sync_state (kind, started_at, cursor)
       SELECT $1, clock_timestamp(), coalesce((SELECT done.cursor FROM console.sync_state AS done
         WHERE $1 = 'follow' AND done.kind = 'backfill' AND done.finished_at IS NOT NULL), -1)
     ON CONFLICT (kind) DO UPDATE SET started_at = coalesce(sync_state.started_at, excluded.started_at)
     RETURNING cursor, position, unreadable, started_at, finished_at`,
    [kind],
  );
  return stateRow.parse(rows[0]);
}

/** Starts a pass anew, from the first record. */
export async function restartPass(connection: SyncConnection, kind: SyncKind): Promise<SyncPoint> {
  const { rows } = await connection.query(
    `UPDATE console.sync_state SET cursor = -1, position = 0, unreadable = 0, started_at = clock_timestamp(), finished_at = NULL
      WHERE kind = $1 RETURNING cursor, position, unreadable, started_at, finished_at`,
    [kind],
  );
  return stateRow.parse(rows[0]);
}

export async function finishPass(connection: SyncConnection, kind: SyncKind): Promise<void> {
  await connection.query('UPDATE console.sync_state SET finished_at = clock_timestamp() WHERE kind = $1', [kind]);
}

/** Whether a pass ever came to the end of the list. */
export async function isFinished(connection: SyncConnection, kind: SyncKind): Promise<boolean> {
  const { rowCount } = await connection.query('SELECT FROM console.sync_state WHERE kind = $1 AND finished_at IS NOT NULL', [kind]);
  return rowCount === 1;
}

/** Until when the upstream is to be left alone, or null. What it said to one kind of sync holds for all. */
export async function restsUntil(connection: SyncConnection): Promise<Date | null> {
  const { rows } = await connection.query('SELECT max(retry_at) AS until FROM console.sync_state WHERE retry_at > clock_timestamp()');
  return z.date().nullable().parse(rows[0]?.until);
}

const DELAY_MAX_S = 300;

/** Notes a failure and answers when to try again: after what the upstream asked for, else after 1, 2, 4 ... 300 s. */
export async function noteFailure(connection: SyncConnection, kind: SyncKind, sentence: string, retryAfterS?: number): Promise<Date> {
  const { rows } = await connection.query(
    `UPDATE console.sync_state SET failure = $2, failures = failures + 1,
       retry_at = clock_timestamp() + make_interval(secs => greatest($3::float8, least(power(2, least(failures, 20)), $4)))
      WHERE kind = $1 RETURNING retry_at`,
    [kind, sentence, retryAfterS ?? 0, DELAY_MAX_S],
  );
  return z.date().parse(rows[0]?.retry_at);
}
