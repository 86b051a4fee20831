import { isOpen, type SyncWire } from './sync-store';

/** Returns how far a requested sync is, or how it ended; null before the first. */
export function requestText(status: SyncWire): string | null {
  const { request, backfill } = status;
  if (request === null) return null;
  if (isOpen(status)) {
    if (request.startedAt === null) return `Requested by ${request.requestedBy}; waiting for the sync process.`;
    const far = backfill.isDone ? '' : `, ${progressText(backfill)}`;
    return `Requested by ${request.requestedBy}; syncing${far}.`;
  }
  if (request.finishedAt === null)
    return `No sync process finished the request of ${request.requestedBy}. Check that the jobs process runs, then request it again.`;
  if (request.failure !== null) return `The requested sync failed: ${request.failure}`;
  return `The sync requested by ${request.requestedBy} is complete.`;
}

/** "1,200 of 5,000 records". */
export function progressText({ done, total }: SyncWire['backfill']): string {
  return `${done.toLocaleString('en-GB')} of ${total?.toLocaleString('en-GB') ?? 'an unknown number of'} records`;
}

/** When the console tries next after a failure; null while all is well. `now` is the server's clock. */
export function nextTryText({ retryAt }: SyncWire, now: number): string | null {
  if (retryAt === null) return null;
  const seconds = Math.ceil((retryAt - now) / 1000);
  if (seconds <= 0) return 'The next try is due now.';
  return `The next try is in ${seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}.`;
}
