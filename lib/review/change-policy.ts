import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { Policy, PolicyInput } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { isUniqueViolation } from './idempotency';
import { currentPolicy } from './policies';
import { requireReviewer } from './require-reviewer';

/**
 * Puts a new version of the rules in force, from now on. Throws a Refusal `forbidden`, or `stale` with `details.current` when
 * somebody changed them since.
 */
export async function changePolicy(actor: Actor, { version: seen, settings, reason }: PolicyInput): Promise<Policy> {
  requireReviewer(actor, 'policies.write');
  try {
    return await db().$transaction(async (tx) => {
      const before = await currentPolicy(tx);
      if (before.version !== seen) throw stale(before);
      const version = seen + 1;
      await tx.policy.create({ data: { version, settings, reason, byId: actor.id, byName: actor.name } });
      const policy = await currentPolicy(tx);
      await appendAuditEvent(tx, actor, { action: 'policy.changed', subject: `policy:${version}`, data: { version, settings, reason } }, [
        { table: 'policy', id: version },
      ]);
      return policy;
    });
  } catch (failure) {
    throw isUniqueViolation(failure) ? stale(await currentPolicy()) : failure;
  }
}

function stale(current: Policy): Refusal {
  return new Refusal('stale', 'Somebody changed the policy since you opened it. Look at it again.', { details: { current } });
}
