import type { Actor } from '@/lib/domain/actor';
import { withDaysWritten } from '@/lib/domain/day-span';
import { calendarNow } from '@/lib/env';
import { recordReading } from './record-reading';

/** Records that the actor read the audit log, or the report made from it, under a filter; `asked` is the filter without the page. */
export function recordAuditRead(actor: Actor, source: 'log' | 'reading', asked: string, rows: number): Promise<void> {
  const query = withDaysWritten(new URLSearchParams(asked), calendarNow()).toString();
  const subject = `audit:${source}`;
  const event = () => ({ action: 'audit.read', subject, data: { source, query, rows } }) as const;
  return recordReading(actor, { action: 'audit.read', subject, same: { query }, event });
}
