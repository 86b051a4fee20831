import { db } from '@/lib/db/client';
import { newestSyncRequest, type SyncRequest } from './sync-request';

/** How old the index is and how it fares. All times in milliseconds since 1970. */
export interface SyncStatus {
  /** The server's clock when it was asked: ages are counted from here. */
  at: number;
  /** When the newest records were last taken over; null before the first time. */
  syncedAt: number | null;
  /** The first taking over of all there was. `total` is null before the upstream said it. */
  backfill: { isDone: boolean; done: number; total: number | null };
  /** The last comparison with the whole list; `finishedAt` is null while one runs, and before the first. */
  sweep: { startedAt: number | null; finishedAt: number | null; done: number; total: number | null };
  /** Entries of the upstream's list that cannot be read; `unreadableRecords` lists them. */
  unreadable: number;
  /** One sentence on what went wrong last and did not go right since; null while all is well. */
  failure: string | null;
  /** When it is tried again; null while all is well. */
  retryAt: number | null;
  /** The newest request to sync at once; null before the first. */
  request: SyncRequest | null;
}

/** `syncedAt` as SQL, for a statement that answers it beside something else. */
export const SYNCED_AT = `(SELECT f.synced_at FROM console.sync_state f WHERE f.kind = 'follow')`;

/** What the index says of itself, for `GET /api/sync` and every screen that shows what comes from it. */
export async function syncStatus(): Promise<SyncStatus> {
  const [rows, unreadable, request] = await Promise.all([db().syncState.findMany(), db().unreadableRecord.count(), newestSyncRequest()]);
  const of = (kind: string) => rows.find((row) => row.kind === kind);
  const [backfill, follow, sweep] = [of('backfill'), of('follow'), of('sweep')];
  const progress = (row: typeof backfill) => ({ done: Number(row?.position ?? 0), total: row?.total == null ? null : Number(row.total) });
  const failed = [follow, backfill, sweep].find((row) => row?.failure != null);
  return {
    at: Date.now(),
    syncedAt: follow?.syncedAt?.getTime() ?? null,
    backfill: { isDone: backfill?.finishedAt != null, ...progress(backfill) },
    sweep: { startedAt: sweep?.startedAt?.getTime() ?? null, finishedAt: sweep?.finishedAt?.getTime() ?? null, ...progress(sweep) },
    unreadable,
    failure: failed?.failure ?? null,
    retryAt: failed?.retryAt?.getTime() ?? null,
    request,
  };
}
