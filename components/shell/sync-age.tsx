'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../review/post';
import { classNames } from '../ui/class-names';

const POLL_MS = 15_000;
const TICK_MS = 1_000;
const OLD_SECONDS = 120;

const answered = z.object({
  syncedAt: z.nullable(z.number()),
  backfill: z.object({ isDone: z.boolean(), done: z.int(), total: z.nullable(z.int()) }),
  failure: z.nullable(z.string()),
});
type Status = z.infer<typeof answered>;

/** How old the index of the records is; asked again while somebody looks. What cannot be found out is never shown as fresh. */
export function SyncAge({ className = 'hidden lg:inline' }: { className?: string }) {
  const [status, setStatus] = useState<Status | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      if (document.hidden) return;
      const result = await ask('GET', '/api/sync', answered);
      if (!gone) setStatus(result.ok ? result.value : null);
    };
    void look();
    const polling = setInterval(look, POLL_MS);
    const ticking = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => {
      gone = true;
      clearInterval(polling);
      clearInterval(ticking);
    };
  }, []);
  if (status === null || now === 0) return null;
  const seconds = status.syncedAt === null ? null : Math.max(0, Math.round((now - status.syncedAt) / 1000));
  const warn = status.failure !== null || seconds === null || seconds > OLD_SECONDS;
  return (
    <span
      title={status.failure ?? 'The index behind filters, views and the queue follows the verification API.'}
      className={classNames('whitespace-nowrap text-xs', className, warn ? 'text-warn' : 'text-faint')}
    >
      {syncText(status, seconds)}
    </span>
  );
}

function syncText({ backfill, failure }: Status, seconds: number | null): string {
  if (!backfill.isDone)
    return backfill.total === null
      ? 'index: not filled yet'
      : `index: ${backfill.done.toLocaleString('en-GB')} of ${backfill.total.toLocaleString('en-GB')}`;
  if (seconds === null) return 'index: never synced';
  const age = seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
  return failure ? `sync failing, ${age} old` : `sync ${age} ago`;
}
