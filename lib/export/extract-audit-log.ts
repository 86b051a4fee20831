import type { Client } from 'pg';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { AuditLogFilter } from '@/lib/domain/export-query';
import { auditLogCondition, EVENTS_SQL } from './audit-log-sql';
import type { Extracted, ExtractJob } from './extract';
import { literalSql } from './literal-sql';
import { withSnapshot } from './snapshot';
import { writeEventLines, writeEventTable, writeLinkLines } from './write-events';

const { sql, raw } = Prisma;

/**
 * The audit log under a filter up to the pinned head. As JSON lines it carries the bare links of everything the filter left out, from
 * the last event before its time to the head, so that nobody has to believe that none was left out.
 */
export async function extractAuditLog(filter: AuditLogFilter, format: 'csv' | 'jsonl', job: ExtractJob): Promise<Extracted> {
  const last = job.head?.seq ?? 0;
  return withSnapshot(async (client) => {
    const first = await firstOfRange(client, filter, last);
    const range = sql`e.seq BETWEEN ${first} AND ${last}`;
    const condition = auditLogCondition(filter);
    const where = literalSql(sql`${range} AND ${condition}`);
    if (isWhole(filter)) job.expect(last - first + 1);
    else void countAhead(sql`${range} AND ${condition}`, job);
    const before = { filter: { ...filter }, leftOut: [] };
    if (format === 'csv') {
      const { file, rows } = await writeEventTable(client, where, job);
      return { ...before, files: [file], counts: { events: rows }, firstSeq: null, lastSeq: null, complete: false };
    }
    const log = await writeEventLines(client, where, job);
    const links =
      log.rows === last - first + 1 ? null : await writeLinkLines(client, literalSql(sql`${range} AND (${condition}) IS NOT TRUE`), job);
    const files = [log.file, ...(links ? [links.file] : [])];
    const counts = { events: log.rows, links: links?.rows ?? 0 };
    const any = log.rows + counts.links > 0;
    return { ...before, files, counts, firstSeq: any ? first : null, lastSeq: any ? last : null, complete: any };
  });
}

// The link before the first moment asked for shows that nothing of that time is missing at the front.
async function firstOfRange(client: Client, { from }: AuditLogFilter, last: number): Promise<number> {
  if (from === null) return 1;
  const { rows } = await client.query('SELECT e.seq FROM console.audit_event AS e WHERE e.at >= $1 ORDER BY e.seq LIMIT 1', [
    new Date(from),
  ]);
  return Math.max(1, Math.min(Number(rows[0]?.seq ?? last + 1) - 1, last));
}

// Numbers have no gaps, so what is not narrowed need not be counted.
function isWhole({ tags, ...narrow }: AuditLogFilter): boolean {
  return tags.length === 0 && Object.values(narrow).every((value) => value === null);
}

// For the bar alone: it waits for nobody, and a count that fails leaves the bar without an end.
async function countAhead(where: Prisma.Sql, job: ExtractJob): Promise<void> {
  const counted = db().$queryRaw<{ count: bigint }[]>`SELECT count(*) AS count FROM ${raw(EVENTS_SQL)} WHERE ${where}`;
  await counted.then(([row]) => job.expect(Number(row?.count ?? 0))).catch(() => undefined);
}
