import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '@/lib/domain/refusal';
import type { UpstreamRecord } from '@/lib/upstream/get';
import { isOver, type Stretch } from './backfill';
import type { RecordSource } from './record-source';
import { type RecordRow, rowOfRecord } from './row-of-record';
import { rowsOfPage, storePage, unknownOf } from './store-page';
import type { SyncConnection } from './sync-connection';
import { finishPass, isFinished, openPass, restartPass } from './sync-state';
import { type WalkStep, walkUp } from './walk-up';

export interface SweepOptions extends Stretch {
  /** Milliseconds between two pages: nobody waits for a sweep. */
  restMs: number;
}

/**
 * Compares the index with the whole list, upwards by verificationId, going on where the last stretch ended, or from the start
 * when it came to the end. Nothing before the backfill is done. What changed is taken over. A record the list lacks between its neighbours counts as vanished once the upstream, asked for it by its number,
 * says that it has none; it is marked, never deleted. Answers whether the end of the list is reached.
 * Throws a Refusal `upstream-*`; what was stored until then stays.
 */
export async function sweep(connection: SyncConnection, source: RecordSource, options: SweepOptions): Promise<boolean> {
  if (!(await isFinished(connection, 'backfill'))) return true;
  const last = await openPass(connection, 'sweep');
  const point = last.finished_at ? await restartPass(connection, 'sweep') : last;
  let before = point.cursor;
  for await (const step of walkUp(source, point, { ahead: 0, signal: options.signal })) {
    await settle(connection, source, before, step, options.signal);
    before = step.cursor;
    if (step.isLast) {
      await finishPass(connection, 'sweep');
      return true;
    }
    if (isOver(options)) return false;
    await wait(options.restMs, undefined, { signal: options.signal });
  }
  return false;
}

async function settle(
  connection: SyncConnection,
  source: RecordSource,
  before: number,
  step: WalkStep,
  signal: AbortSignal,
): Promise<void> {
  const listed = step.entries.flatMap(({ id }) => (id === null ? [] : [id]));
  const upTo = step.isLast ? Number.MAX_SAFE_INTEGER : step.cursor;
  const { missing, found } = await askFor(source, await absentOf(connection, before, upTo, listed), signal);
  const rows = [...rowsOfPage(await unknownOf(connection, step.entries)), ...found];
  await storePage(connection, { rows, askedAt: step.askedAt, missing, advance: { kind: 'sweep', ...step }, covered: step.covered });
}

const numbers = z.array(z.object({ verification_id: z.coerce.number() }));

/** Records the index holds above `before` and up to `upTo`, which the page that covers them does not list. */
async function absentOf(connection: SyncConnection, before: number, upTo: number, listed: number[]): Promise<number[]> {
  const { rows } = await connection.query({
    name: 'absent-records',
    text: `SELECT verification_id FROM console.record
            WHERE verification_id > $1 AND verification_id <= $2 AND upstream_missing_at IS NULL
              AND verification_id <> ALL($3::bigint[]) ORDER BY verification_id`,
    values: [before, upTo, listed],
  });
  return numbers.parse(rows).map(({ verification_id }) => verification_id);
}

// One after another: a list that lacks many is no reason to press the upstream.
async function askFor(source: RecordSource, ids: number[], signal: AbortSignal): Promise<{ missing: number[]; found: RecordRow[] }> {
  const missing: number[] = [];
  const found: RecordRow[] = [];
  for (const id of ids) {
    const record = await recordOrNone(source, id, signal);
    if (record === 'none') missing.push(id);
    else if (record !== 'unreadable') found.push(rowOfRecord(record));
  }
  return { missing, found };
}

async function recordOrNone(source: RecordSource, id: number, signal: AbortSignal): Promise<UpstreamRecord | 'none' | 'unreadable'> {
  try {
    return await source.record(id, signal);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    if (failure.code === 'not-found') return 'none';
    // It is there, in whatever shape; a service that is away says so by another code, and ends this stretch.
    if (failure.code === 'upstream-unreadable') return 'unreadable';
    throw failure;
  }
}
