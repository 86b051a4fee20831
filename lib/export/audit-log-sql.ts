import { filterConditions } from '@/lib/audit/filter-conditions';
import { Prisma } from '@/lib/db/generated/client';
import type { AuditLogFilter } from '@/lib/domain/export-query';
import { searchableTag } from '@/lib/domain/searchable-tag';
import type { Tag } from '@/lib/domain/verification';

const { sql, join } = Prisma;

/** The filter as a condition on the rows of `EVENTS_SQL`. */
export function auditLogCondition(filter: AuditLogFilter): Prisma.Sql {
  const { reviewer, tags, outcome } = filter;
  return join(
    [
      filterConditions(filter),
      ...(reviewer === null ? [] : [sql`e.actor_id = ${reviewer}`]),
      ...tags.map(searchableTag).map(onTagged),
      ...(outcome === null
        ? []
        : [sql`CASE WHEN e.action IN ('decision.made', 'qa.reviewed') THEN p.data::json -> 'data' ->> 'outcome' = ${outcome} END`]),
    ],
    ' AND ',
  );
}

// CASE keeps a subject that names no verification from being read as a number.
function onTagged({ name, value }: Tag): Prisma.Sql {
  return sql`CASE WHEN e.subject ~ '^verification:[0-9]{1,18}$' THEN EXISTS (SELECT FROM console.record_tag AS t
    WHERE t.name = ${name} AND t.value = ${value} AND t.verification_id = substr(e.subject, 14)::bigint) END`;
}
