'use client';

import { SyncNow } from '../sync/sync-now';
import type { SyncWire } from '../sync/sync-store';
import { nextTryText, progressText } from '../sync/sync-text';
import { useServerClock, useSync } from '../sync/use-sync';
import { LocalTime } from '../ui/local-time';

const TICK_MS = 1_000;

/** How far the record index is, what went wrong last and when the console tries next, and the way to sync at once. */
export function IndexFacts({ initial }: { initial: SyncWire }) {
  const status = useSync(initial);
  const now = useServerClock(status.at, TICK_MS);
  return (
    <div className="grid gap-2">
      <p>
        {status.backfill.isDone ? (
          <>
            Last synced <LocalTime at={status.syncedAt} fallback="never" />
          </>
        ) : (
          `Filling: ${progressText(status.backfill)}`
        )}
      </p>
      {status.failure && (
        <p className="text-bad">
          {status.failure} <span className="whitespace-nowrap tabular-nums">{nextTryText(status, now)}</span>
        </p>
      )}
      <SyncNow status={status} />
    </div>
  );
}
