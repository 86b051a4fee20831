import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { may } from '@/lib/domain/roles';
import { queueCount } from './queue-count';

/** Counting stops here. */
const CAP = 1_000;

/** A number, up to a thousand; `capped` when there are more. */
export interface WaitingCount {
  count: number;
  capped: boolean;
}

/** What waits for somebody; null where her role does no such work. */
export interface Waiting {
  queue: WaitingCount | null;
  /** Proposals of others in the index, which she may answer. */
  approvals: WaitingCount | null;
}

/** How much waits for the actor, for the numbers on the bar. */
export async function waitingFor(actor: Actor): Promise<Waiting> {
  if (actor.role === 'system') return { queue: null, approvals: null };
  const [queue, approvals] = await Promise.all([
    may(actor.role, 'queue.draw') ? queueCount(actor) : null,
    may(actor.role, 'decisions.approve') ? proposalsFor(actor) : null,
  ]);
  return { queue: queue && { count: queue.waiting, capped: queue.capped }, approvals };
}

// By the state in the index, so that the bar does not look at every decision there ever was.
async function proposalsFor(actor: Actor): Promise<WaitingCount> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM console.record r
      JOIN LATERAL (
        SELECT d.proposer_id, d.proposer_email FROM console.decision d WHERE d.verification_id = r.verification_id ORDER BY d.version DESC LIMIT 1
      ) AS proposal ON true
      WHERE r.state = 'PENDING_SECOND_REVIEW' AND proposal.proposer_id <> ${actor.id}::uuid
        AND console.mailbox(proposal.proposer_email) <> console.mailbox(${actor.email})
      LIMIT ${CAP + 1}) AS waiting`;
  const count = Number(row?.count ?? 0);
  return { count: Math.min(count, CAP), capped: count > CAP };
}
