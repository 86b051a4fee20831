import type { Actor } from '@/lib/domain/actor';
import { may } from '@/lib/domain/roles';
import { pendingApprovals } from './pending-approvals';
import { queueCount } from './queue-count';

/** What waits for somebody; null where her role does no such work. */
export interface Waiting {
  /** Cases in her queue, up to a thousand; `capped` when there are more. */
  queue: { count: number; capped: boolean } | null;
  /** Proposals of others she may answer, up to two hundred. */
  approvals: number | null;
}

/** How much waits for the actor, for the numbers on the bar. */
export async function waitingFor(actor: Actor): Promise<Waiting> {
  if (actor.role === 'system') return { queue: null, approvals: null };
  const [queue, approvals] = await Promise.all([
    may(actor.role, 'queue.draw') ? queueCount(actor) : null,
    may(actor.role, 'decisions.approve') ? pendingApprovals(actor) : null,
  ]);
  return {
    queue: queue && { count: queue.waiting, capped: queue.capped },
    approvals: approvals === null ? null : approvals.filter(({ own }) => !own).length,
  };
}
