import { isOver, type Stretch } from './backfill';
import { PAGE_LIMIT } from './page-reader';
import type { RecordSource, SourceEntry } from './record-source';
import { rowsOfPage, storePage, unknownOf } from './store-page';
import type { SyncConnection } from './sync-connection';
import { isFinished, openPass } from './sync-state';
import { type Covered, coveredBy } from './unreadable-entries';
import { walkUp } from './walk-up';

/**
 * Takes over the newest records, and what changed among the newest hundred. When more came than one page shows, it goes up
 * from the last one known, so that nothing between is left out. Answers whether it came to the newest.
 * Throws a Refusal `upstream-*`; what was stored until then stays.
 */
export async function follow(connection: SyncConnection, source: RecordSource, stretch: Stretch): Promise<boolean> {
  const point = await openPass(connection, 'follow');
  const page = await source.page('desc', 0, PAGE_LIMIT, stretch.signal);
  const ids = page.entries.flatMap(({ id }) => (id === null ? [] : [id]));
  const store = async (
    entries: SourceEntry[],
    askedAt: number,
    at: { cursor: number; position: number; total: number },
    unreadable: number,
    covered: Covered,
  ) =>
    storePage(connection, {
      rows: rowsOfPage(await unknownOf(connection, entries)),
      askedAt,
      advance: { kind: 'follow', cursor: at.cursor, position: at.position, total: at.total, unreadable },
      covered,
    });
  // Until the backfill has come to the end, it is the one to close the gap below the first page.
  const leads = point.cursor >= 0 || (await isFinished(connection, 'backfill'));
  const isWhole = page.entries.length >= page.total;
  if (!leads || isWhole || ids.some((id) => id <= point.cursor)) {
    const unreadable = page.entries.filter(({ row }) => row === null).length;
    await store(
      page.entries,
      page.askedAt,
      { cursor: Math.max(point.cursor, ...ids), position: page.total, total: page.total },
      unreadable,
      coveredBy(page),
    );
    return true;
  }
  const from = { cursor: point.cursor, position: Math.max(0, point.position), unreadable: 0 };
  for await (const step of walkUp(source, from, { ahead: 1, signal: stretch.signal })) {
    await store(step.entries, step.askedAt, step, step.unreadable, step.covered);
    if (step.isLast) return true;
    if (isOver(stretch)) return false;
  }
  return true;
}
