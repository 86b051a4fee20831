import type { Client } from 'pg';
import { type CopiedRow, copyOut } from '../copy-out';
import { EVENT_KIND, eventCells } from '../event-cells';
import { EVENT_COLUMNS, EVENT_TABLE_HEAD } from '../event-lines';
import type { ExtractJob } from '../extract';
import { type CellValue, cutText } from '../sheet-cell';
import { spreadsheet } from '../spreadsheet';
import { selectEvents, type Written } from '../write-events';

/** Rows taken from the server before they are written. */
const WAITING_MAX = 200;

/** Events as the sheets of `audit-log.xlsx`, each of `rowsMax` rows; the sentences say what was cut. */
export async function writeEventSheet(
  client: Client,
  where: string,
  job: ExtractJob,
  rowsMax: number,
): Promise<Written & { leftOut: string[] }> {
  const cut = { count: 0 };
  const columns = EVENT_TABLE_HEAD.map((name) => ({ name, kind: EVENT_KIND[name] ?? 'value' }) as const);
  let rows = 0;
  async function* events() {
    let waiting: CellValue[][] = [];
    const sink = { row: (copied: CopiedRow) => waiting.push(eventCells(copied)), isFull: () => waiting.length >= WAITING_MAX };
    for await (const more of copyOut(client, selectEvents(where), EVENT_COLUMNS, sink)) {
      rows += more;
      job.wrote(more);
      yield* waiting;
      waiting = [];
    }
  }
  const file = await job.zip.add('audit-log.xlsx', spreadsheet({ name: 'Audit log', columns, rows: events(), rowsMax, cut }));
  return { file, rows, leftOut: cutText(cut) };
}
