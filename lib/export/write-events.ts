import type { Client } from 'pg';
import { EXPORTED_FILES } from '@/lib/audit/export-format';
import { type CopiedRow, copyOut } from './copy-out';
import { CSV_START, csvLine } from './csv';
import {
  EVENT_COLUMNS,
  EVENT_COLUMNS_SQL,
  EVENT_TABLE_HEAD,
  EVENTS_SQL,
  eventLineBytes,
  eventTableBytes,
  linkLineBytes,
} from './event-lines';
import type { ExtractJob } from './extract';
import { LineBuffer } from './line-buffer';
import type { PackedFile } from './zip';

/** A file that was written, and how many events it holds. */
export interface Written {
  file: PackedFile;
  rows: number;
}

/** SQL of the columns the functions of `event-lines.ts` read. */
export const selectEvents = (where: string) => `SELECT ${EVENT_COLUMNS_SQL} FROM ${EVENTS_SQL} WHERE ${where} ORDER BY e.seq`;

type WriteRow = (row: CopiedRow, out: LineBuffer) => void;

/** Events as `audit-log.jsonl`; `where` is SQL on `EVENTS_SQL`. */
export function writeEventLines(client: Client, where: string, job: ExtractJob): Promise<Written> {
  return write(client, where, job, { name: EXPORTED_FILES.log, start: '', row: eventLineBytes });
}

/** Their bare links as `audit-links.jsonl`; they are no rows of the extract. */
export function writeLinkLines(client: Client, where: string, job: ExtractJob): Promise<Written> {
  return write(client, where, { ...job, wrote: () => job.wrote(0) }, { name: EXPORTED_FILES.links, start: '', row: linkLineBytes });
}

/** Events as `audit-log.csv`: each with the sentence the screens show for it. */
export function writeEventTable(client: Client, where: string, job: ExtractJob): Promise<Written> {
  return write(client, where, job, { name: 'audit-log.csv', start: CSV_START + csvLine(EVENT_TABLE_HEAD), row: eventTableBytes });
}

async function write(
  client: Client,
  where: string,
  { zip, wrote }: ExtractJob,
  { name, start, row }: { name: string; start: string; row: WriteRow },
): Promise<Written> {
  const out = new LineBuffer();
  out.text(start);
  const sink = { row: (copied: CopiedRow) => row(copied, out), isFull: () => out.isFull() };
  let rows = 0;
  async function* pieces() {
    for await (const more of copyOut(client, selectEvents(where), EVENT_COLUMNS, sink)) {
      rows += more;
      wrote(more);
      const piece = out.take();
      if (piece) yield piece;
    }
  }
  const file = await zip.add(name, pieces());
  return { file, rows };
}
