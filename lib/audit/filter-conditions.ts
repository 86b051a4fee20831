import { Prisma } from '@/lib/db/generated/client';
import type { AuditFilter } from '@/lib/domain/audit-query';

/** The filter as a condition on `console.audit_event AS e`. */
export function filterConditions({ verification, action, actor, from, before }: AuditFilter): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(verification === null ? [] : [Prisma.sql`e.subject = ${`verification:${verification}`}`]),
      ...(action === null ? [] : [Prisma.sql`e.action = ${action}`]),
      ...(actor === null ? [] : [Prisma.sql`strpos(lower(e.actor_name), lower(${actor})) > 0`]),
      ...(from === null ? [] : [Prisma.sql`e.at >= ${new Date(from)}`]),
      ...(before === null ? [] : [Prisma.sql`e.at < ${new Date(before)}`]),
    ],
    ' AND ',
  );
}
