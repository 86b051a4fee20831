import { randomUUID } from 'node:crypto';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { ExportInput, ExportSummary } from '@/lib/domain/export';
import { Refusal } from '@/lib/domain/refusal';
import { besideErasures } from '@/lib/review/beside-erasures';
import { ABANDONED_MS } from './end-export';
import { narrowed } from './narrowed';
import { runExport } from './run-export';
import { storedExport } from './stored-export';

const AT_ONCE = 2;

/** An export that was begun. `done` resolves when it came to its end, whatever that is; it never rejects. */
export interface BegunExport {
  export: ExportSummary;
  done: Promise<void>;
}

/**
 * Begins an export: its row and its event first, then the writing, which goes on after this answers. Throws a Refusal `forbidden`,
 * `bad-request` for a filter that cannot be read, or `conflict` while two of this person's are being written.
 */
export async function createExport(actor: Actor, input: ExportInput, onFault: (fault: unknown) => void): Promise<BegunExport> {
  requirePermission(actor, 'exports.create');
  const asked = { kind: input.kind, format: input.format, query: narrowed(actor, input) };
  const id = randomUUID();
  const row = await db().$transaction(async (tx) => {
    await besideErasures(tx);
    const since = new Date(Date.now() - ABANDONED_MS);
    const running = await tx.export.count({ where: { byId: actor.id, state: 'RUNNING', aliveAt: { gt: since } } });
    if (running >= AT_ONCE) throw new Refusal('conflict', `Two of your exports are being written. Wait for one, or cancel it.`);
    const created = await tx.export.create({ data: { id, ...asked, byId: actor.id, byName: actor.name } });
    await appendAuditEvent(tx, actor, { action: 'export.created', subject: `export:${id}`, data: { exportId: id, ...asked } });
    return created;
  });
  return { export: storedExport(row), done: runExport(actor, { id, ...asked }, onFault) };
}
