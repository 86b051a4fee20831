import type { SyncWire } from '../sync/sync-store';
import { useSync } from '../sync/use-sync';
import type { IndexAge } from './grid-page';

/** How the index fares, as the page found it and asked again while it is looked at. What cannot be found out stays as it was. */
export function useIndexAge(initial: SyncWire): IndexAge {
  const sync = useSync(initial);
  const { syncedAt, backfill, failure } = sync;
  return { sync, isFilled: backfill.isDone, done: backfill.done, total: backfill.total, syncedAt, failure };
}
