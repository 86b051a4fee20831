import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { env } from '@/lib/env';

/** The name of the scheduled task that follows the newest records. */
export const FOLLOW_TASK = 'mirror.follow';

/** A request to sync at once. Times in milliseconds since 1970. */
export interface SyncRequest {
  requestedAt: number;
  requestedBy: string;
  /** Null until the sync process takes it up. */
  startedAt: number | null;
  finishedAt: number | null;
  /** One sentence; null when it came to the newest record, and until it is finished. */
  failure: string | null;
}

/** After this an open request no longer keeps another one out: the process that should have finished it is gone. */
const GIVEN_UP_MINUTES = 5;

/**
 * Requests a sync at once, on the record. Throws a Refusal `conflict` while another request is open, and `unprocessable` where the
 * settings keep no index.
 */
export async function requestSync(actor: Actor): Promise<void> {
  if (env().SYNC_INTERVAL_SECONDS === 0)
    throw new Refusal('unprocessable', 'This console keeps no record index (SYNC_INTERVAL_SECONDS is 0), so there is nothing to sync.');
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE console.sync_request SET finished_at = clock_timestamp(), failure = 'No sync process finished this request.'
       WHERE finished_at IS NULL AND coalesce(started_at, requested_at) < clock_timestamp() - make_interval(mins => ${GIVEN_UP_MINUTES})`;
    const added = await tx.$executeRaw`
      INSERT INTO console.sync_request (requested_by, requested_by_name) VALUES (${actor.id}::uuid, ${actor.name}) ON CONFLICT DO NOTHING`;
    if (added === 0) throw new Refusal('conflict', 'A requested sync is already running. Wait until it has finished.');
    await appendAuditEvent(tx, actor, { action: 'sync.requested', subject: 'records:index', data: {} });
  });
  await wakeSync();
}

// Without it the request waits for the next scheduled sync; a database on which the sync process never ran has no such function.
async function wakeSync(): Promise<void> {
  await db().$executeRaw`SELECT graphile_worker.add_job(${FOLLOW_TASK}, run_at := clock_timestamp(), job_key := ${FOLLOW_TASK})`.catch(
    () => undefined,
  );
}

/** Returns the newest request, open or finished; null before the first. */
export async function newestSyncRequest(): Promise<SyncRequest | null> {
  const row = await db().syncRequest.findFirst({ orderBy: { requestedAt: 'desc' } });
  return (
    row && {
      requestedAt: row.requestedAt.getTime(),
      requestedBy: row.requestedByName,
      startedAt: row.startedAt?.getTime() ?? null,
      finishedAt: row.finishedAt?.getTime() ?? null,
      failure: row.failure,
    }
  );
}

/** Takes the open request up and returns its id; null when there is none. */
export async function takeSyncRequest(): Promise<string | null> {
  const [taken] = await db().$queryRaw<{ id: string }[]>`
    UPDATE console.sync_request SET started_at = coalesce(started_at, clock_timestamp()) WHERE finished_at IS NULL RETURNING id`;
  return taken?.id ?? null;
}

/** Finishes a request; `failure` is one sentence, null when the sync came to the newest record. */
export async function finishSyncRequest(id: string, failure: string | null): Promise<void> {
  await db().syncRequest.updateMany({ where: { id, finishedAt: null }, data: { finishedAt: new Date(), failure } });
}
