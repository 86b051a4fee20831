import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { AskedExport } from './extract';

/** Records that an export was refused and why, unless the log takes no events. */
export async function recordRefusedExport(actor: Actor, { id, kind, format, query }: AskedExport, reason: string): Promise<void> {
  const data = { exportId: id, kind, format, query, reason };
  await db()
    .$transaction((tx) => appendAuditEvent(tx, actor, { action: 'export.refused', subject: `export:${id}`, data }))
    .catch(() => undefined);
}
