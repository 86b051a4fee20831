import type { SignedHead } from '@/lib/audit/export-format';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { type DaySpan, momentsOf } from '@/lib/domain/day-span';
import { TABLE_FORMATS } from '@/lib/domain/export';
import { type AuditLogFilter, parseAuditLogQuery, parsePopulationQuery } from '@/lib/domain/export-query';
import { calendarNow } from '@/lib/env';
import { auditLogCondition } from './audit-log-sql';
import { EVENTS_SQL } from './event-lines';
import type { AskedExport } from './extract';
import { literalSql } from './literal-sql';
import { isNarrow, populationCountSql, populationSql } from './population-sql';
import type { Work } from './writer/message';

const { sql, raw } = Prisma;

/** What is to be written, and how many rows that will be: their number, or what to ask for it. */
export interface PlannedExtract {
  work: Work;
  rows: number | Prisma.Sql;
}

/** Makes of an export of the population or the log, up to `head`, what can be done without knowing any of our rules. */
export function planExtract(actor: Actor, { id, kind, format, query }: AskedExport, head: SignedHead | null, path: string): PlannedExtract {
  const params = new URLSearchParams(query);
  const common = { do: 'write', id, path, format: TABLE_FORMATS.find((known) => known === format) ?? 'jsonl', query, head } as const;
  if (kind === 'population') {
    const filter = parsePopulationQuery(params);
    return {
      work: {
        ...common,
        filter: { ...filter, ...daysAs({ received: filter.received, decided: filter.decided }) },
        extract: { kind, rows: literalSql(populationSql(filter, actor.id)), narrow: isNarrow(filter, actor.id) },
      },
      rows: populationCountSql(filter, actor.id),
    };
  }
  const filter = parseAuditLogQuery(params);
  const condition = auditLogCondition(filter);
  const last = head?.seq ?? 0;
  return {
    work: {
      ...common,
      filter: { ...filter, ...daysAs({ at: filter }) },
      extract: {
        kind: 'audit-log',
        from: momentsOf(filter, calendarNow()).from,
        condition: literalSql(condition),
        tagged: filter.tags.length > 0,
      },
    },
    rows: isWhole(filter) ? last : sql`SELECT count(*) AS count FROM ${raw(EVENTS_SQL)} WHERE e.seq <= ${last} AND ${condition}`,
  };
}

/** What the days of a filter were taken for, for the manifest: which zone they are of, and the moments they cover, in ISO 8601, UTC. */
function daysAs(spans: Record<string, DaySpan>): { timeZone: string; moments: Record<string, unknown> } {
  const calendar = calendarNow();
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const moments = Object.entries(spans).map(([name, { from, to }]) => {
    const covered = momentsOf({ from, to }, calendar);
    return [name, { from: iso(covered.from), before: iso(covered.before) }] as const;
  });
  return { timeZone: calendar.zone, moments: Object.fromEntries(moments) };
}

// Numbers have no gaps, so what is not narrowed need not be counted.
function isWhole({ tags, ...narrow }: AuditLogFilter): boolean {
  return tags.length === 0 && Object.values(narrow).every((value) => value === null);
}
