import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { SavedView, ViewInput } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES } from '@/lib/domain/roles';
import { besideErasures } from './beside-erasures';
import { type KeyedRequest, keyedRequest, once, rememberAnswer } from './idempotency';

const storedView = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  shared: z.boolean(),
  defaultFor: z.enum(ROLES).nullable(),
  slaHours: z.number().int().nullable(),
});
const saved = z.object({ view: storedView });

/** The views the actor may open and draw from: her own and those shared by others, by name. */
export async function savedViews(actor: Actor): Promise<SavedView[]> {
  const rows = await db().savedView.findMany({
    where: { archivedAt: null, OR: [{ shared: true }, { ownerId: actor.id }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return storedView.array().parse(rows);
}

/**
 * Saves an address of the grid under a name, for oneself or for everybody, and possibly as what a role begins with. With a key,
 * the same request again answers the first view again. Throws a Refusal `forbidden` for sharing without the right,
 * `unprocessable`, or `key-reused`.
 */
export async function saveView(actor: Actor, input: ViewInput, idempotencyKey?: string): Promise<{ view: SavedView }> {
  requirePermission(actor, 'records.read');
  if (input.shared) requirePermission(actor, 'views.share');
  if (input.defaultFor !== null && !input.shared)
    throw new Refusal('unprocessable', 'What a role begins with must be shared.', { field: 'defaultFor' });
  const request = keyedRequest(actor, idempotencyKey, { verb: 'save-view', input });
  return once(request, saved, () => insert(actor, input, request));
}

/** Takes a view out of every list; it stays readable in the audit trail. Its owner may, and for a shared one whoever may share. */
export async function archiveView(actor: Actor, id: string): Promise<void> {
  const view = (await savedViews(actor)).find((candidate) => candidate.id === id);
  if (!view) throw new Refusal('not-found', 'There is no such view.');
  if (view.ownerId !== actor.id) requirePermission(actor, 'views.share');
  await db().$transaction(async (tx) => {
    await besideErasures(tx);
    const [archived] = await tx.savedView.updateManyAndReturn({
      where: { id, archivedAt: null },
      data: { archivedAt: new Date(), defaultFor: null },
    });
    if (!archived) throw new Refusal('not-found', 'There is no such view.');
    await appendAuditEvent(tx, actor, { action: 'view.archived', subject: `view:${id}`, data: { viewId: id, name: archived.name } });
  });
}

async function insert(actor: Actor, input: ViewInput, request: KeyedRequest): Promise<{ view: SavedView }> {
  const { name, query, shared, defaultFor, slaHours } = input;
  const kept = { name, query: query.replace(/^\?/, ''), shared, defaultFor, slaHours };
  const view: SavedView = { id: randomUUID(), ...kept, ownerId: actor.id, ownerName: actor.name };
  await db().$transaction(async (tx) => {
    // What was saved before an erasure is seen by it; what is saved after one was typed after it.
    await besideErasures(tx);
    await rememberAnswer(tx, request, { view: { ...view } });
    if (defaultFor !== null) await tx.savedView.updateMany({ where: { defaultFor }, data: { defaultFor: null } });
    await tx.savedView.create({ data: view });
    await appendAuditEvent(tx, actor, {
      action: 'view.saved',
      subject: `view:${view.id}`,
      data: {
        viewId: view.id,
        name,
        query: view.query,
        shared,
        ...(defaultFor !== null && { defaultFor }),
        ...(slaHours !== null && { slaHours }),
      },
    });
  });
  return { view };
}
