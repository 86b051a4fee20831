import { z } from 'zod';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import { READING_COUNTED_MAX, type ReadingCounts, type ReadingFilter } from '@/lib/domain/reading-query';
import { filterConditions } from './filter-conditions';
import { type AuditPage, readAuditPage } from './read-page';

const LISTED_MAX = 200;

export interface ReadingReport extends AuditPage {
  /** Only with the first page. */
  counts: ReadingCounts | null;
}

const stamp = z.coerce.number().int();
const answered = z.object({
  events: z.coerce.number().int(),
  people: z.array(z.object({ id: z.string(), name: z.string(), role: z.string(), events: stamp, records: stamp, lastAt: stamp })),
  records: z.array(z.object({ id: stamp, events: stamp, people: stamp, lastAt: stamp })),
});

/**
 * Returns who read what under a filter, newest first, with the counts of people and records, at most 200 of each. It is made from the
 * events themselves. Throws a Refusal `forbidden`, or `bad-request` for a cursor no page gave.
 */
export async function readingReport(actor: Actor, filter: ReadingFilter, cursor: string | null): Promise<ReadingReport> {
  requirePermission(actor, 'audit.read');
  const { verification, from, to, person } = filter;
  const narrowed = { verification, from, to, action: null, actor: null, group: 'reading' } as const;
  const [page, counts] = await Promise.all([readAuditPage(actor, narrowed, cursor, { person }), cursor === null ? countsOf(filter) : null]);
  return { ...page, counts };
}

async function countsOf({ person, verification, from, to }: ReadingFilter): Promise<ReadingCounts> {
  const where = filterConditions({ verification, from, to, action: null, actor: null, group: 'reading' });
  const whose = person === null ? Prisma.empty : Prisma.sql`AND e.actor_id = ${person}`;
  const [row] = await db().$queryRaw<unknown[]>`
    WITH found AS MATERIALIZED (
      SELECT e.seq, e.at, e.actor_id, e.actor_name, e.actor_role, e.subject FROM console.audit_event e
      WHERE ${where} ${whose} ORDER BY e.seq DESC LIMIT ${READING_COUNTED_MAX + 1}
    )
    SELECT (SELECT count(*) FROM found) AS events,
      (SELECT coalesce(json_agg(p ORDER BY p."lastAt" DESC), '[]') FROM (
        SELECT f.actor_id AS id, (array_agg(f.actor_name ORDER BY f.seq DESC))[1] AS name, (array_agg(f.actor_role ORDER BY f.seq DESC))[1] AS role,
          count(*) AS events, count(DISTINCT f.subject) FILTER (WHERE f.subject ~ '^verification:[0-9]{1,16}$') AS records,
          floor(extract(epoch FROM max(f.at)) * 1000) AS "lastAt"
        FROM found f GROUP BY f.actor_id ORDER BY max(f.seq) DESC LIMIT ${LISTED_MAX}) p) AS people,
      (SELECT coalesce(json_agg(r ORDER BY r."lastAt" DESC), '[]') FROM (
        SELECT substr(f.subject, 14) AS id, count(*) AS events, count(DISTINCT f.actor_id) AS people,
          floor(extract(epoch FROM max(f.at)) * 1000) AS "lastAt"
        FROM found f WHERE f.subject ~ '^verification:[0-9]{1,16}$'
        GROUP BY f.subject ORDER BY max(f.seq) DESC LIMIT ${LISTED_MAX}) r) AS records`;
  const { events, people, records } = answered.parse(row);
  return { events: Math.min(events, READING_COUNTED_MAX), capped: events > READING_COUNTED_MAX, people, records };
}
