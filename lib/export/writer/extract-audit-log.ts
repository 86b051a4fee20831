import type { Client } from 'pg';
import type { TableFormat } from '@/lib/domain/export';
import { erasuresBehind } from '../erasures-behind';
import type { Extracted, ExtractJob } from '../extract';
import { lastComparisonSentence } from '../last-comparison-sentence';
import { casesWithoutRecord, requireHashed, requireReconciled, requireRecordsOutside } from '../require-reconciled';
import { withSnapshot } from '../snapshot';
import { writeEventLines, writeEventTable, writeLinkLines } from '../write-events';
import { writeEventSheet } from './write-event-sheet';

export interface AuditLogExtract {
  format: TableFormat;
  /** Rows of a sheet of a workbook. */
  sheetRows: number;
  /** The first moment asked for, milliseconds since 1970. */
  from: number | null;
  /** SQL on the rows of `EVENTS_SQL`. */
  condition: string;
  /** Whether the filter asks for tags, which the index holds and the log does not. */
  tagged: boolean;
  /** The filter as it was understood, for the manifest. */
  filter: Record<string, unknown>;
}

/**
 * The audit log under a filter up to the pinned head. As JSON lines it carries the bare links of everything the filter left out, from
 * the last event before its time to the head, so that nobody has to believe that none was left out, and the events of erasures behind
 * each chosen event whose details are gone. Up to 100,000 events are hashed once
 * more before the file is offered, and a broken one ends the extract. Of a longer log a table says that this was not done; with JSON lines
 * the verifiers do it. `requireSignedEvents` compared the signed heads before.
 */
export async function extractAuditLog(
  { format, sheetRows, from, condition, tagged, filter }: AuditLogExtract,
  job: ExtractJob,
  signal: AbortSignal,
): Promise<Extracted> {
  const last = job.head?.seq ?? 0;
  return withSnapshot(async (client) => {
    const first = await firstOfRange(client, from, last);
    const range = `e.seq BETWEEN ${first} AND ${last}`;
    const where = `${range} AND ${condition}`;
    const untagged = tagged ? await requireTags(client) : [];
    const before = { filter, leftOut: untagged };
    const unhashed = async () => [...untagged, ...((await requireHashed(client, { first, last })) ? [] : [await notHashed(client)])];
    const table = { firstSeq: null, lastSeq: null, complete: false };
    if (format === 'xlsx') {
      const { file, rows, leftOut } = await writeEventSheet(client, where, job, sheetRows);
      return { filter, leftOut: [...leftOut, ...(await unhashed())], files: [file], counts: { events: rows }, ...table };
    }
    if (format === 'csv') {
      const { file, rows } = await writeEventTable(client, where, job);
      return { ...before, leftOut: await unhashed(), files: [file], counts: { events: rows }, ...table };
    }
    const erasures = await erasuresBehind(client, { range, condition });
    const chosen = erasures.length === 0 ? `(${condition})` : `((${condition}) OR e.seq = ANY('{${erasures.join()}}'::bigint[]))`;
    const log = await writeEventLines(client, `${range} AND ${chosen}`, job);
    const links = log.rows === last - first + 1 ? null : await writeLinkLines(client, `${range} AND ${chosen} IS NOT TRUE`, job);
    await requireHashed(client, { first, last });
    const files = [log.file, ...(links ? [links.file] : [])];
    const counts = { events: log.rows, links: links?.rows ?? 0 };
    const any = log.rows + counts.links > 0;
    return { ...before, files, counts, firstSeq: any ? first : null, lastSeq: any ? last : null, complete: any };
  }, signal);
}

// Whatever the tags are taken from has to be what the upstream sent.
async function requireTags(client: Client): Promise<string[]> {
  await requireReconciled(client);
  return [...(await requireRecordsOutside(client, new Set())), ...(await casesWithoutRecord(client))];
}

async function notHashed(client: Client): Promise<string> {
  const last = await lastComparisonSentence(client, 'compared the log with itself');
  return `The details of the events were not hashed once more for this table, because there are too many. ${last} An export as JSON lines can be verified event by event.`;
}

// The link before the first moment asked for shows that nothing of that time is missing at the front.
async function firstOfRange(client: Client, from: number | null, last: number): Promise<number> {
  if (from === null) return 1;
  const { rows } = await client.query('SELECT e.seq FROM console.audit_event AS e WHERE e.at >= $1 ORDER BY e.seq LIMIT 1', [
    new Date(from),
  ]);
  return Math.max(1, Math.min(Number(rows[0]?.seq ?? last + 1) - 1, last));
}
