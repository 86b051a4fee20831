import { auditEventsOf } from '@/lib/audit/read';
import type { AuditEvent } from '@/lib/domain/audit-event';

/**
 * What was done to a case, oldest first, the newest 500 acts; an entry whose details were erased has `data` null. Who opened it is left
 * out: that would crowd out what was done, and stands in the reading report.
 */
export function timelineOf(verificationId: number): Promise<AuditEvent[]> {
  return auditEventsOf(`verification:${verificationId}`, { without: ['case.viewed'] });
}
