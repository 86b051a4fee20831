import type { RecordSource } from './record-source';
import { preparePage, rowsOfPage } from './store-page';
import type { SyncConnection } from './sync-connection';
import { finishPass, openPass } from './sync-state';
import { walkUp } from './walk-up';

/** When a stretch of work has to stop, at the next page. */
export interface Stretch {
  signal: AbortSignal;
  /** Milliseconds since 1970. */
  until: number;
}

export const isOver = ({ signal, until }: Stretch) => signal.aborted || Date.now() >= until;

const PAGES_AHEAD = 2;

/**
 * Takes over all records there are, upwards by verificationId, going on where the last stretch ended. Answers whether the end
 * of the list is reached. While the database stores one page, the next ones are on their way and read.
 * Throws a Refusal `upstream-*`; what was stored until then stays.
 */
export async function backfill(connection: SyncConnection, source: RecordSource, stretch: Stretch): Promise<boolean> {
  const point = await openPass(connection, 'backfill');
  if (point.finished_at) return true;
  let storing: Promise<unknown> = Promise.resolve();
  let isDone = false;
  try {
    for await (const step of walkUp(source, point, { ahead: PAGES_AHEAD, signal: stretch.signal })) {
      // Everything is taken to be new: on the way up hardly anything is not, and the database tells by itself.
      const store = preparePage({
        rows: rowsOfPage(step.entries),
        askedAt: step.askedAt,
        advance: { kind: 'backfill', ...step },
        covered: step.covered,
      });
      await storing;
      storing = store(connection);
      storing.catch(() => undefined);
      isDone = step.isLast;
      if (isOver(stretch)) break;
    }
  } finally {
    await storing;
  }
  if (isDone) await finishPass(connection, 'backfill');
  return isDone;
}
