'use client';

import { SyncNow } from '../sync/sync-now';
import type { SyncWire } from '../sync/sync-store';
import { nextTryText, progressText } from '../sync/sync-text';
import { useServerClock, useSync } from '../sync/use-sync';
import { classNames } from '../ui/class-names';

const TICK_MS = 1_000;
const OLD_SECONDS = 120;

export interface SyncAgeProps {
  /** As the page was rendered with it; null where it could not be found out. */
  initial: SyncWire | null;
  /** Whether the reader may request a sync. */
  maySync?: boolean;
  className?: string;
}

/** How old the record index is; asked again while somebody looks. What cannot be found out is never shown as fresh. */
export function SyncAge({ initial, ...rest }: SyncAgeProps) {
  return initial === null ? null : <Age initial={initial} {...rest} />;
}

function Age({ initial, maySync = false, className = 'hidden lg:inline-flex' }: SyncAgeProps & { initial: SyncWire }) {
  const status = useSync(initial);
  const now = useServerClock(status.at, TICK_MS);
  const seconds = status.syncedAt === null ? null : Math.max(0, Math.floor((now - status.syncedAt) / 1000));
  const warn = status.failure !== null || seconds === null || seconds > OLD_SECONDS;
  const title = status.failure
    ? [status.failure, nextTryText(status, now)].filter(Boolean).join(' ')
    : 'The index behind filters, views and the queue follows the verification API.';
  return (
    <span className={classNames('items-center gap-1 whitespace-nowrap', className)}>
      <span title={title} className={classNames('text-xs', warn ? 'text-warn' : 'text-faint')}>
        {syncText(status, seconds)}
      </span>
      {maySync && <SyncNow status={status} small />}
    </span>
  );
}

function syncText({ backfill, failure }: SyncWire, seconds: number | null): string {
  if (!backfill.isDone) return backfill.total === null ? 'index: not filled yet' : `index: ${progressText(backfill)}`;
  if (seconds === null) return 'index: never synced';
  const age = seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
  return failure ? `sync failing, ${age} old` : `sync ${age} ago`;
}
