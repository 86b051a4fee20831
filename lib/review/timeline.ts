import { auditEventsOf } from '@/lib/audit/read';
import type { AuditEvent } from '@/lib/domain/audit-event';

/**
 * What was done to a case, oldest first, the newest 500 acts; an entry whose details were erased has `data` null. Who opened it and when
 * its files were first read is left out: that would crowd out what was done, and stands in the reading report and beside the files.
 */
export function timelineOf(verificationId: number): Promise<AuditEvent[]> {
  return auditEventsOf(`verification:${verificationId}`, { without: ['case.viewed', 'evidence.first-seen'] });
}
