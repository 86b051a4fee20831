import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { env } from '@/lib/env';
import type { AskedExport } from './extract';
import type { Archive, Progress } from './write-archive';

/** A writer that was not heard of for so long is gone. */
export const ABANDONED_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Whether whoever writes it may go on: notes how far it is, unless it was cancelled. */
export async function noteProgress(id: string, { rows, total, bytes }: Progress & { total: number | null }): Promise<boolean> {
  const data = { rows: BigInt(rows), total: total === null ? null : BigInt(total), bytes: BigInt(bytes), aliveAt: new Date() };
  const { count } = await db().export.updateMany({ where: { id, state: 'RUNNING' }, data });
  return count === 1;
}

/** Marks an export as whole, with its event. Answers false, and does nothing, when it was cancelled meanwhile. */
export async function finishExport(
  actor: Actor,
  { id, kind, format }: AskedExport,
  result: Archive & { headSeq: number | null },
): Promise<boolean> {
  const { rows, bytes, headSeq, manifestSha256 } = result;
  const now = new Date();
  return db().$transaction(async (tx) => {
    const [finished] = await tx.export.updateManyAndReturn({
      where: { id, state: 'RUNNING' },
      data: {
        ...{ state: 'READY', rows: BigInt(rows), total: BigInt(rows), bytes: BigInt(bytes), manifestSha256, finishedAt: now },
        headSeq: headSeq === null ? null : BigInt(headSeq),
        expiresAt: new Date(now.getTime() + env().EXPORT_KEEP_HOURS * HOUR_MS),
      },
    });
    if (!finished) return false;
    // As stored: an erasure may have taken a name out of the filter meanwhile.
    const data = { exportId: id, kind, format, query: finished.query, rows, bytes, headSeq, manifestSha256 };
    await appendAuditEvent(tx, actor, { action: 'export.finished', subject: `export:${id}`, data });
    return true;
  });
}

/** Marks an export as failed, with one sentence for whoever asked. */
export async function failExport(id: string, failure: string): Promise<void> {
  await db().export.updateMany({ where: { id, state: 'RUNNING' }, data: { state: 'FAILED', failure, finishedAt: new Date() } });
}
