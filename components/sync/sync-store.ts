import * as z from 'zod/mini';
import { ask } from '../api/client';

const time = z.nullable(z.number());

/** How the record index fares, as `GET /api/sync` returns it. Times in milliseconds since 1970, by the server's clock. */
export const syncWire = z.object({
  at: z.number(),
  syncedAt: time,
  backfill: z.object({ isDone: z.boolean(), done: z.int(), total: z.nullable(z.int()) }),
  unreadable: z.int(),
  failure: z.nullable(z.string()),
  retryAt: time,
  request: z.nullable(
    z.object({ requestedAt: z.number(), requestedBy: z.string(), startedAt: time, finishedAt: time, failure: z.nullable(z.string()) }),
  ),
});
export type SyncWire = z.infer<typeof syncWire>;

const POLL_MS = 15_000;
/** While somebody waits for a requested sync. */
const WAITING_POLL_MS = 1_000;

let latest: SyncWire | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export const latestSync = (): SyncWire | null => latest;

/** Keeps what the server said last and calls all listeners. */
export function keepSync(status: SyncWire): void {
  if (latest !== null && status.at < latest.at) return;
  latest = status;
  for (const listener of listeners) listener();
}

/** Calls `listener` at every change and keeps asking the server while anybody listens; returns the function that ends it. */
export function onSync(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) void poll();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** Asks the server now. What cannot be found out stays as it was, and ages. */
export async function poll(): Promise<void> {
  clearTimeout(timer);
  if (!document.hidden) {
    const result = await ask('GET', '/api/sync', syncWire);
    if (result.ok) keepSync(result.value);
  }
  clearTimeout(timer);
  if (listeners.size > 0) timer = setTimeout(poll, isOpen(latest) ? WAITING_POLL_MS : POLL_MS);
}

/** After this the server takes a new request: the process that should have finished the last one is gone. */
const GIVEN_UP_MS = 5 * 60_000;

/** Returns whether a requested sync is under way or waits for the sync process. */
export function isOpen(status: SyncWire | null): boolean {
  const request = status?.request;
  if (!status || !request || request.finishedAt !== null) return false;
  return status.at - (request.startedAt ?? request.requestedAt) < GIVEN_UP_MS;
}
