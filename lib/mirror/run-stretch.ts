import { Refusal } from '@/lib/domain/refusal';
import { backfill, type Stretch } from './backfill';
import { follow } from './follow';
import { recheckUnreadable } from './recheck-unreadable';
import { type RecordSource, recordSource } from './record-source';
import { sweep } from './sweep';
import { type SyncConnection, withSyncConnection } from './sync-connection';
import { noteFailure, restsUntil, type SyncKind } from './sync-state';

/** How a stretch of syncing ended. */
export type StretchResult =
  /** Came to the end of what there is. */
  | { state: 'done' }
  /** Stopped at its time, or was told to; the next stretch goes on. */
  | { state: 'stopped' }
  /** Another process syncs. */
  | { state: 'elsewhere' }
  /** The upstream failed, or is left alone since it did. */
  | { state: 'waits'; until: Date };

export interface StretchOptions extends Stretch {
  source?: RecordSource;
  /** For a sweep: milliseconds between two pages. */
  restMs?: number;
  /** Someone waits for it: it tries although the upstream is left alone after failures, and reads unreadable records again. */
  isRequested?: boolean;
}

const REST_MS = 200;

/**
 * Syncs for a while, as the one process that does. A failure of the upstream is noted for people to see and answered, not
 * thrown; a fault of this program is noted and thrown.
 */
export async function runStretch(kind: SyncKind, options: StretchOptions): Promise<StretchResult> {
  const result = await withSyncConnection(async (connection): Promise<StretchResult> => {
    const until = await restsUntil(connection);
    if (until && !options.isRequested) return { state: 'waits', until };
    try {
      return { state: (await pass(kind, connection, options)) ? 'done' : 'stopped' };
    } catch (failure) {
      if (options.signal.aborted) return { state: 'stopped' };
      if (failure instanceof Refusal)
        return { state: 'waits', until: await noteFailure(connection, kind, failure.message, failure.retryAfter) };
      await noteFailure(connection, kind, FAULT).catch(() => undefined);
      throw failure;
    }
  });
  return result === 'elsewhere' ? { state: 'elsewhere' } : result;
}

const FAULT = 'The index could not be kept up to date for a fault of the console; its log says more.';

async function pass(kind: SyncKind, connection: SyncConnection, options: StretchOptions): Promise<boolean> {
  const { signal, until, source = recordSource(), restMs = REST_MS, isRequested = false } = options;
  if (kind === 'backfill') return backfill(connection, source, { signal, until });
  if (kind === 'follow') {
    const isDone = await follow(connection, source, { signal, until });
    if (isDone && isRequested) await recheckUnreadable(connection, source, signal);
    return isDone;
  }
  return sweep(connection, source, { signal, until, restMs });
}
