import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { type Actor, can } from '@/lib/domain/actor';
import { type DrawGrant, type DrawGrantInput, HOUSE_QUEUE } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';
import { may } from '@/lib/domain/roles';
import { listReviewers } from './assign-case';
import { besideErasures } from './beside-erasures';
import { requireReviewer } from './require-reviewer';
import { savedViews } from './saved-views';

const HOUSE = { id: HOUSE_QUEUE, name: 'Failures, oldest first' };

/** The queues the actor may draw from, the house's first, by id and name. */
export async function queuesOf(actor: Actor): Promise<{ id: string; name: string }[]> {
  const [views, granted] = await Promise.all([savedViews(actor), grantOf(actor)]);
  return [HOUSE, ...views.map(({ id, name }) => ({ id, name }))].filter(({ id }) => granted === null || granted.includes(id));
}

/** Whether the actor may draw from a queue; one who assigns cases may draw from all. */
export async function mayDrawFrom(actor: Actor, viewId: string): Promise<boolean> {
  const granted = await grantOf(actor);
  return granted === null || granted.includes(viewId);
}

/** What each reviewer whom one can narrow may draw from, by name. Throws a Refusal `forbidden`. */
export async function drawGrants(actor: Actor): Promise<DrawGrant[]> {
  requireReviewer(actor, 'cases.assign');
  const reviewers = await narrowable();
  const newest = await newestGrants(reviewers.map(({ id }) => id));
  return reviewers.map(({ id, name }) => ({ reviewer: { id, name }, viewIds: newest.get(id) ?? null }));
}

/**
 * A manager says from which queues a reviewer may draw; null for all. What she holds already she may finish. Throws a Refusal
 * `forbidden`, or `unprocessable` for somebody who is no reviewer or a view that is not shared.
 */
export async function grantQueues(actor: Actor, { reviewerId, viewIds }: DrawGrantInput): Promise<DrawGrant> {
  requireReviewer(actor, 'cases.assign');
  const reviewer = (await narrowable()).find(({ id }) => id === reviewerId);
  if (!reviewer)
    throw new Refusal('unprocessable', 'Choose a reviewer who is no manager: those draw from every queue.', { field: 'reviewerId' });
  const shared = [HOUSE, ...(await savedViews(actor)).filter((view) => view.shared)];
  const granted = viewIds && [...new Set(viewIds)].map((id) => shared.find((view) => view.id === id));
  if (granted?.includes(undefined))
    throw new Refusal('unprocessable', 'Only shared views can be drawn from by others.', { field: 'viewIds' });
  const queues = granted?.filter((queue) => queue !== undefined) ?? null;
  const ids = queues?.map(({ id }) => id) ?? null;
  await db().$transaction(async (tx) => {
    await besideErasures(tx);
    const views = (queues ?? []).filter(({ id }) => id !== HOUSE_QUEUE).map(({ id }) => id);
    // An erasure archives the views that name the person.
    if ((await tx.savedView.count({ where: { id: { in: views }, archivedAt: null } })) < views.length)
      throw new Refusal('stale', 'One of these views was just archived. Reload and choose again.');
    const row = { reviewerId, narrowed: ids !== null, viewIds: ids ?? [], byId: actor.id, byName: actor.name };
    const { id } = await tx.drawGrant.create({ data: row });
    await appendAuditEvent(
      tx,
      actor,
      {
        action: 'queue.granted',
        subject: `user:${reviewerId}`,
        data: { reviewerId, reviewerName: reviewer.name, viewIds: ids, names: queues?.map(({ name }) => name) ?? [] },
      },
      [{ table: 'draw_grant', id }],
    );
  });
  return { reviewer: { id: reviewer.id, name: reviewer.name }, viewIds: ids };
}

async function grantOf(actor: Actor): Promise<string[] | null> {
  if (can(actor, 'cases.assign')) return null;
  return (await newestGrants([actor.id])).get(actor.id) ?? null;
}

/** The queues of those who were narrowed. A view that left the list since leaves the grant with it, and no more comes in its place. */
async function newestGrants(reviewerIds: string[]): Promise<Map<string, string[]>> {
  const rows = await db().drawGrant.findMany({
    where: { reviewerId: { in: reviewerIds } },
    orderBy: { id: 'desc' },
    distinct: ['reviewerId'],
  });
  return new Map(rows.flatMap(({ reviewerId, narrowed, viewIds }) => (narrowed ? [[reviewerId, viewIds] as const] : [])));
}

const narrowable = async () => (await listReviewers()).filter(({ role }) => !may(role, 'cases.assign'));
