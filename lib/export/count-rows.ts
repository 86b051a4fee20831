import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { parseAuditLogQuery, parsePopulationQuery } from '@/lib/domain/export-query';
import { auditLogCondition } from './audit-log-sql';
import { EVENTS_SQL } from './event-lines';
import { narrowed } from './narrowed';
import { populationCountSql } from './population-sql';

const { sql, raw } = Prisma;

/** How many rows such an export would have now. Throws a Refusal `forbidden`, or `bad-request` for a filter that cannot be read. */
export async function countRows(actor: Actor, input: ExportInput): Promise<number> {
  requirePermission(actor, 'exports.create');
  const params = new URLSearchParams(narrowed(actor, input));
  if (input.kind === 'case-pack') return 1;
  const counting =
    input.kind === 'population'
      ? populationCountSql(parsePopulationQuery(params), actor.id)
      : sql`SELECT count(*) AS count FROM ${raw(EVENTS_SQL)} WHERE ${auditLogCondition(parseAuditLogQuery(params))}`;
  const [row] = await db().$queryRaw<{ count: bigint }[]>(counting);
  return Number(row?.count ?? 0);
}
