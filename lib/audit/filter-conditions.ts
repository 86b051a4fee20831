import { Prisma } from '@/lib/db/generated/client';
import type { AuditFilter } from '@/lib/domain/audit-query';
import { momentsOf } from '@/lib/domain/day-span';
import { type EventGroup, READING_ACTIONS, VIEWING_ACTIONS } from '@/lib/domain/reading';
import { calendarNow } from '@/lib/env';

const GROUP: Record<EventGroup, Prisma.Sql> = {
  acts: Prisma.sql`e.action NOT IN (${Prisma.join([...VIEWING_ACTIONS])})`,
  reading: Prisma.sql`e.action IN (${Prisma.join([...READING_ACTIONS])})`,
};

/** The filter as a condition on `console.audit_event AS e`. */
export function filterConditions({ verification, action, group, actor, ...days }: AuditFilter): Prisma.Sql {
  const { from, before } = momentsOf(days, calendarNow());
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(verification === null ? [] : [Prisma.sql`e.subject = ${`verification:${verification}`}`]),
      ...(action === null ? [] : [Prisma.sql`e.action = ${action}`]),
      ...(group === null ? [] : [GROUP[group]]),
      ...(actor === null ? [] : [Prisma.sql`strpos(lower(e.actor_name), lower(${actor})) > 0`]),
      ...(from === null ? [] : [Prisma.sql`e.at >= ${new Date(from)}`]),
      ...(before === null ? [] : [Prisma.sql`e.at < ${new Date(before)}`]),
    ],
    ' AND ',
  );
}
