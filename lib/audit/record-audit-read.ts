import type { Actor } from '@/lib/domain/actor';
import { recordReading } from './record-reading';

/** Records that the actor read the audit log, or the report made from it, under a filter; `query` is the filter without the page. */
export function recordAuditRead(actor: Actor, source: 'log' | 'reading', query: string, rows: number): Promise<void> {
  const subject = `audit:${source}`;
  const event = () => ({ action: 'audit.read', subject, data: { source, query, rows } }) as const;
  return recordReading(actor, { action: 'audit.read', subject, same: { query }, event });
}
