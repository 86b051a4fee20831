import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { Claim } from '@/lib/domain/review';
import { insertClaim } from './claim-case';
import { refreshQuietly } from './refresh-quietly';
import { requireReviewer } from './require-reviewer';

/** Which cases a queue holds and in which order; `conditions` and `order` speak of `r`, a row of console.record. */
export interface Queue {
  conditions: Prisma.Sql[];
  order: Prisma.Sql;
}

/** Failures, oldest first: what the house works on unless a view says otherwise. */
export const DEFAULT_QUEUE: Queue = {
  conditions: [Prisma.sql`r.machine_result = 'NOT_VERIFIED'`],
  order: Prisma.sql`r.received_at, r.verification_id`,
};

const TRIES = 20;

/**
 * Draws the next case of a queue and claims it, in one transaction: of many who draw at once each gets another one. Left out is
 * what is decided, claimed, asleep, given to somebody else, or was passed on by this reviewer; an escalated case goes to managers
 * alone. What was given to the actor comes first. Null when nothing is left.
 */
export async function nextCase(actor: Actor, queue: Queue = DEFAULT_QUEUE): Promise<{ verificationId: number; claim: Claim } | null> {
  requireReviewer(actor, 'queue.draw');
  const drawn =
    (await draw(actor, { ...queue, conditions: [...queue.conditions, Prisma.sql`r.assignee_id = ${actor.id}::uuid`] })) ??
    (await draw(actor, { ...queue, conditions: [...queue.conditions, Prisma.sql`r.assignee_id IS NULL`] }));
  if (drawn) await refreshQuietly(drawn.verificationId);
  return drawn;
}

/** What keeps a case out of somebody's queue, besides the queue's own conditions. */
export function drawable(actor: Actor): Prisma.Sql[] {
  const states = actor.role === 'manager' ? ['OPEN', 'REOPENED', 'ESCALATED'] : ['OPEN', 'REOPENED'];
  return [
    Prisma.sql`r.state = ANY(${states})`,
    Prisma.sql`r.upstream_missing_at IS NULL`,
    Prisma.sql`(r.snoozed_until IS NULL OR r.snoozed_until <= now())`,
    Prisma.sql`NOT EXISTS (SELECT FROM console.claim c WHERE c.verification_id = r.verification_id AND c.expires_at > now())`,
    Prisma.sql`NOT EXISTS (SELECT FROM console.skip s WHERE s.verification_id = r.verification_id AND s.by_id = ${actor.id}::uuid
      AND s.at > coalesce((SELECT max(o.at) FROM console.reopening o WHERE o.verification_id = r.verification_id), '-infinity'))`,
  ];
}

async function draw(actor: Actor, queue: Queue): Promise<{ verificationId: number; claim: Claim } | null> {
  const where = Prisma.join([...queue.conditions, ...drawable(actor)], ' AND ');
  for (let tries = 0; tries < TRIES; tries += 1) {
    const drawn = await db().$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ id: bigint }[]>`
        SELECT r.verification_id AS id FROM console.record r WHERE ${where}
        ORDER BY ${queue.order} LIMIT 1 FOR UPDATE OF r SKIP LOCKED`;
      if (!row) return null;
      const verificationId = Number(row.id);
      const claim = await insertClaim(tx, actor, verificationId);
      // Its claim was committed after this statement began: somebody else has it, the next try sees that.
      if (!claim || claim.holderId !== actor.id) return 'taken' as const;
      await appendAuditEvent(tx, actor, {
        action: 'claim.taken',
        subject: `verification:${verificationId}`,
        data: { expiresAt: claim.expiresAt, fromQueue: true },
      });
      return { verificationId, claim };
    });
    if (drawn !== 'taken') return drawn;
  }
  return null;
}
