import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportSummary } from '@/lib/domain/export';
import { Refusal } from '@/lib/domain/refusal';
import { besideErasures } from '@/lib/review/beside-erasures';
import { readExport } from './read-exports';

/**
 * Ends an export that is being written; whoever writes it hears of it within a second and removes the bytes. Throws a Refusal
 * `forbidden`, `not-found`, or `conflict` when it has come to its end already.
 */
export async function cancelExport(actor: Actor, id: string): Promise<ExportSummary> {
  const { kind, format } = await readExport(actor, id);
  await db().$transaction(async (tx) => {
    await besideErasures(tx);
    const data = { state: 'CANCELLED', finishedAt: new Date() };
    const [cancelled] = await tx.export.updateManyAndReturn({ where: { id, state: 'RUNNING' }, data });
    if (!cancelled) throw new Refusal('conflict', 'This export is no longer being written.');
    await appendAuditEvent(tx, actor, {
      action: 'export.cancelled',
      subject: `export:${id}`,
      data: { exportId: id, kind, format, query: cancelled.query },
    });
  });
  return readExport(actor, id);
}
