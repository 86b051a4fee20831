import { z } from 'zod';
import { db } from '@/lib/db/client';
import { type Actor, isProgram } from '@/lib/domain/actor';
import { may } from '@/lib/domain/roles';
import { queueCount } from './queue-count';
import { secondPersonRefusals } from './require-second-person';

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
  if (isProgram(actor.role)) return { queue: null, approvals: null };
  const [queue, approvals] = await Promise.all([
    may(actor.role, 'queue.draw') ? queueCount(actor) : null,
    may(actor.role, 'decisions.approve') ? proposalsFor(actor) : null,
  ]);
  return { queue: queue && { count: queue.waiting, capped: queue.capped }, approvals };
}

const proposal = z.object({
  id: z.string(),
  email: z.string().nullable(),
  oidcSubject: z.string().nullable(),
  decidedAt: z.date().transform((date) => date.getTime()),
});

// By the state in the index, so that the bar does not look at every decision there ever was, and by the rule that `approve` follows.
async function proposalsFor(actor: Actor): Promise<WaitingCount> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT d.proposer_id::text AS id, d.proposer_email AS email, d.proposer_subject AS "oidcSubject", d.decided_at AS "decidedAt"
    FROM console.record r
    JOIN LATERAL (SELECT * FROM console.decision d WHERE d.verification_id = r.verification_id ORDER BY d.version DESC LIMIT 1) AS d ON true
    WHERE r.state = 'PENDING_SECOND_REVIEW' AND d.proposer_id <> ${actor.id}::uuid
    LIMIT ${CAP + 1}`;
  const proposals = proposal.array().parse(rows);
  const refusals = await secondPersonRefusals(
    actor.id,
    proposals.map(({ id, email, oidcSubject, decidedAt }) => ({
      proposer: { id, email: email ?? '', oidcSubject },
      proposedAt: decidedAt,
    })),
  );
  const count = refusals.filter((refusal) => refusal === null).length;
  return { count: Math.min(count, CAP), capped: count > CAP };
}
