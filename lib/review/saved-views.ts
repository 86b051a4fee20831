import { randomUUID } from 'node:crypto';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { SavedView, ViewInput } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';

/** The actor's own views and those shared by others, by name. */
export async function savedViews(actor: Actor): Promise<SavedView[]> {
  const rows = await db().savedView.findMany({
    where: { archivedAt: null, OR: [{ shared: true }, { ownerId: actor.id }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, name, query, ownerId, ownerName, shared }) => ({ id, name, query, ownerId, ownerName, shared }));
}

/** Saves an address of the grid under a name, for oneself or for everybody. Throws a Refusal `forbidden` for sharing without the right. */
export async function saveView(actor: Actor, { name, query, shared }: ViewInput): Promise<SavedView> {
  if (shared) requirePermission(actor, 'views.share');
  const view: SavedView = { id: randomUUID(), name, query: query.replace(/^\?/, ''), ownerId: actor.id, ownerName: actor.name, shared };
  await db().$transaction(async (tx) => {
    await tx.savedView.create({ data: view });
    await appendAuditEvent(tx, actor, {
      action: 'view.saved',
      subject: `view:${view.id}`,
      data: { viewId: view.id, name, query: view.query, shared },
    });
  });
  return view;
}

/** Takes a view out of every list; it stays readable in the audit trail. Its owner may, and for a shared one whoever may share. */
export async function archiveView(actor: Actor, id: string): Promise<void> {
  const view = (await savedViews(actor)).find((candidate) => candidate.id === id);
  if (!view) throw new Refusal('not-found', 'There is no such view.');
  if (view.ownerId !== actor.id) requirePermission(actor, 'views.share');
  await db().$transaction(async (tx) => {
    await tx.savedView.update({ where: { id }, data: { archivedAt: new Date() } });
    await appendAuditEvent(tx, actor, { action: 'view.archived', subject: `view:${id}`, data: { viewId: id, name: view.name } });
  });
}
