import { Prisma } from '@/lib/db/generated/client';
import { type Actor, can } from '@/lib/domain/actor';
import { HOUSE_QUEUE, type SavedView } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';
import { rolesWith } from '@/lib/domain/roles';
import { formatTag, parseSearchQuery, type SearchQuery } from '@/lib/domain/search-query';
import { parseTagFilter } from '@/lib/domain/tag-filter';
import { searchConditions } from '@/lib/mirror/search-conditions';
import { orderOf } from '@/lib/mirror/search-sort';
import { mayDrawFrom } from './draw-grants';
import { savedViews } from './saved-views';

/** Which cases a queue holds and in which order; `conditions` and `order` speak of `r`, a row of console.record. */
export interface Queue {
  /** Null for the queue of the house. */
  view: SavedView | null;
  conditions: Prisma.Sql[];
  order: Prisma.Sql;
}

const OLDEST_FIRST = 'sortBy=receivedAt&direction=asc';

/** Failures, oldest first: what the house works on unless a view says otherwise. */
const OF_THE_HOUSE = parseSearchQuery(new URLSearchParams(`result=NOT_VERIFIED&${OLDEST_FIRST}`));

/**
 * The queue under a view the actor may draw from, her own or a shared one; without a view the queue of the house. Throws a
 * Refusal `not-found`, `forbidden` when a manager gave her other queues, or `unprocessable` for a view the index cannot answer.
 */
export async function queueOf(actor: Actor, viewId: string | undefined): Promise<Queue> {
  const view = viewId === undefined ? null : (await savedViews(actor)).find(({ id }) => id === viewId);
  if (view === undefined) throw new Refusal('not-found', 'There is no such view. Choose another one.', { field: 'viewId' });
  if (!(await mayDrawFrom(actor, view?.id ?? HOUSE_QUEUE)))
    throw new Refusal('forbidden', 'A manager gave you other queues to draw from. Choose one of them.', { field: 'viewId' });
  if (view === null) return queueUnder(actor, null, OF_THE_HOUSE);
  return queueUnder(actor, view, searchOf(view));
}

/** Given to nobody who could work on it: what was given to somebody who left is everybody's again. */
export const ANYBODYS = Prisma.sql`(r.assignee_id IS NULL OR r.assignee_id NOT IN (
  SELECT u.id FROM console."user" u WHERE u.disabled_at IS NULL AND u.role IN (${Prisma.join(rolesWith('queue.draw'))})))`;

/** The drawable cases of the actor under a queue: what keeps a case out of somebody's hands, besides the queue's own conditions. */
export function drawable(actor: Actor): Prisma.Sql[] {
  return [...waiting(actor), Prisma.sql`NOT ${passedOnBy(actor)}`];
}

/** What keeps a case out of the hands of all who work as the actor does. */
export function waiting(actor: Actor): Prisma.Sql[] {
  // Constants, so that the planner sees that the indexes of undecided cases fit.
  const states = can(actor, 'cases.assign') ? `'OPEN', 'REOPENED', 'ESCALATED'` : `'OPEN', 'REOPENED'`;
  return [
    Prisma.raw(`r.state IN (${states})`),
    Prisma.sql`r.upstream_missing_at IS NULL`,
    Prisma.sql`(r.snoozed_until IS NULL OR r.snoozed_until <= now())`,
    Prisma.sql`NOT EXISTS (SELECT FROM console.erasure e WHERE e.verification_id = r.verification_id)`,
    Prisma.sql`NOT EXISTS (SELECT FROM console.claim c WHERE c.verification_id = r.verification_id AND c.expires_at > now())`,
  ];
}

/** Whether the actor passed a case on. One that was reopened after she did is another matter. */
export function passedOnBy(actor: Actor): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM console.skip s WHERE s.verification_id = r.verification_id AND s.by_id = ${actor.id}::uuid
    AND s.at > coalesce((SELECT max(o.at) FROM console.reopening o WHERE o.verification_id = r.verification_id), '-infinity'))`;
}

function queueUnder(actor: Actor, view: SavedView | null, query: SearchQuery): Queue {
  const order = Prisma.raw(orderOf(query.sortBy, query.direction === 'desc' ? 'DESC' : 'ASC'));
  return { view, conditions: searchConditions(query, actor.id), order };
}

// A view may have been saved over the live list, whose addresses spell the tag and the time of arrival in another way.
function searchOf({ query, name }: SavedView): SearchQuery {
  const params = new URLSearchParams(query);
  for (const page of ['limit', 'cursor', 'offset']) params.delete(page);
  if (!params.has('sortBy') && !params.has('direction'))
    for (const [key, value] of new URLSearchParams(OLDEST_FIRST)) params.set(key, value);
  if (params.get('sortBy') === 'timestamp') params.set('sortBy', 'receivedAt');
  if (params.get('sortBy') === 'verified') params.set('sortBy', 'machineResult');
  const cannot = () => new Refusal('unprocessable', `No cases can be drawn under “${name}”. Choose another view.`, { field: 'viewId' });
  const tagFilter = params.get('tagFilter');
  if (tagFilter) {
    const tag = parseTagFilter(tagFilter);
    if (!tag) throw cannot();
    params.append('tag', formatTag(tag));
  }
  try {
    return parseSearchQuery(params);
  } catch (failure) {
    throw failure instanceof Refusal ? cannot() : failure;
  }
}
