import { rm } from 'node:fs/promises';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportSummary } from '@/lib/domain/export';
import { mayContain } from '@/lib/domain/export-query';
import { withoutWritesBeside } from '@/lib/review/beside-erasures';
import { exportFile } from './export-files';
import { storedExport } from './stored-export';

/** The exports whose file lies here, or is being written, and that may hold what is known about one of these cases; oldest first. */
export async function exportsHolding(ids: readonly number[], tx: Prisma.TransactionClient = db()): Promise<ExportSummary[]> {
  const rows = await tx.export.findMany({ where: { state: { in: ['READY', 'RUNNING'] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(storedExport).filter((row) => ids.some((id) => mayContain(row, id)));
}

/**
 * Ends every export that may hold a case, for the case is being erased: one that lies here expires, one that is being written fails.
 * `record` takes how the filter of an export reads after the erasure.
 * Call it within the erasure's transaction before its first event, `record` at its end, and `removeEnded` once it is committed.
 */
export async function endExportsHolding(
  tx: Prisma.TransactionClient,
  caseId: number,
): Promise<{ ids: string[]; record: (actor: Actor, asNow?: (id: string, query: string) => string) => Promise<void> }> {
  await withoutWritesBeside(tx);
  const ended: ExportSummary[] = [];
  for (const held of await exportsHolding([caseId], tx)) {
    const { id } = held;
    const failed = { state: 'FAILED', failure: WHY, finishedAt: new Date() };
    const stopped = await tx.export.updateMany({ where: { id, state: 'RUNNING' }, data: failed });
    // It may have come to its end just now.
    const expired =
      stopped.count === 1 ? stopped : await tx.export.updateMany({ where: { id, state: 'READY' }, data: { state: 'EXPIRED' } });
    if (expired.count === 1) ended.push(held);
  }
  return {
    ids: ended.map(({ id }) => id),
    record: async (actor, asNow = (_, query) => query) => {
      for (const { id, kind, format, query } of ended)
        await appendAuditEvent(tx, actor, {
          action: 'export.removed',
          subject: `export:${id}`,
          data: { exportId: id, kind, format, query: asNow(id, query), verificationId: caseId },
        });
    },
  };
}

const WHY = 'A case in it was erased while it was written. Ask again.';

/** Removes the files of exports that were ended, but for those being written: their writers do that. What stays is for the sweep. */
export async function removeEnded(ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await rm(await exportFile(id, 'whole'), { force: true }).catch((fault: unknown) =>
      console.error(`The file of export ${id} could not be removed yet.`, fault),
    );
}
