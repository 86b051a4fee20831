import { z } from 'zod';
import type { RecordSource } from './record-source';
import { rowsOfPage, storePage, unknownOf } from './store-page';
import type { SyncConnection } from './sync-connection';
import { openPass } from './sync-state';
import { coveredBy } from './unreadable-entries';

/** Entries read before and behind an unreadable one: its neighbours may tell its number. */
const AROUND = 5;
/** Pages read at most: somebody waits for it, and the nightly comparison reads the rest. */
const PAGES_MAX = 20;

const positions = z.array(z.object({ position: z.coerce.number() }));

/** Reads the records again that could not be read, the first ones by their place. Throws a Refusal `upstream-*`. */
export async function recheckUnreadable(connection: SyncConnection, source: RecordSource, signal: AbortSignal): Promise<void> {
  const { rows } = await connection.query('SELECT position FROM console.unreadable_record ORDER BY position');
  let covered = -1;
  let pages = 0;
  for (const { position } of positions.parse(rows)) {
    if (position <= covered) continue;
    if (pages === PAGES_MAX || signal.aborted) return;
    pages += 1;
    const offset = Math.max(0, position - AROUND);
    const page = await source.page('asc', offset, 2 * AROUND + 1, signal);
    const { cursor, position: followed, unreadable } = await openPass(connection, 'follow');
    await storePage(connection, {
      rows: rowsOfPage(await unknownOf(connection, page.entries)),
      askedAt: page.askedAt,
      advance: { kind: 'follow', cursor, position: followed, total: page.total, unreadable },
      covered: coveredBy(page),
    });
    covered = offset + page.entries.length - 1;
  }
}
