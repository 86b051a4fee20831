import { db } from '@/lib/db/client';
import type { AuditAction, AuditEvent } from '@/lib/domain/audit-event';
import { readStoredEvent } from './stored-event';

/** What was recorded about a subject such as `verification:5`, oldest first, at most the newest `limit`. */
export async function auditEventsOf(
  subject: string,
  { limit = 500, without = [] }: { limit?: number; without?: AuditAction[] } = {},
): Promise<AuditEvent[]> {
  const rows = await db().auditEvent.findMany({
    where: { subject, ...(without.length > 0 && { action: { notIn: without } }) },
    orderBy: { seq: 'desc' },
    take: limit,
    include: { payload: { select: { data: true } } },
  });
  return rows.reverse().map(readStoredEvent);
}
