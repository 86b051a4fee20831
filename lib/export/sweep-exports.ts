import { db } from '@/lib/db/client';
import { ABANDONED_MS, failExport } from './end-export';
import { exportsOnDisk, removeExportFiles } from './export-files';

/**
 * Ends what nobody ends: exports whose writer was not heard of for a minute have failed, those whose time is over expire, and bytes
 * that belong to no export that can still be had are removed. Safe to do twice.
 */
export async function sweepExports(now = new Date()): Promise<void> {
  const abandoned = { state: 'RUNNING', aliveAt: { lt: new Date(now.getTime() - ABANDONED_MS) } };
  for (const { id } of await db().export.findMany({ where: abandoned, select: { id: true } }))
    await failExport(id, 'The console stopped while it was written. Ask again.');
  await db().export.updateMany({ where: { state: 'READY', expiresAt: { lt: now } }, data: { state: 'EXPIRED' } });
  const here = await exportsOnDisk();
  const kept = await db().export.findMany({ where: { id: { in: here }, state: { in: ['RUNNING', 'READY'] } }, select: { id: true } });
  const keep = new Set(kept.map(({ id }) => id));
  for (const id of here) if (!keep.has(id)) await removeExportFiles(id);
}
