import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import { within } from '@/lib/db/within';
import type { Actor } from '@/lib/domain/actor';
import { groundsOf } from '@/lib/domain/audit-kinds/grounds';
import { type ChangeAuthority, requireAgreedChange } from '@/lib/domain/change/agreed-change';
import type { Policy, PolicyInput } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { besideErasures } from './beside-erasures';
import { isUniqueViolation } from './idempotency';
import { currentPolicy } from './policies';
import { requireNamelessPolicy } from './require-nameless-policy';
import { requireReviewer } from './require-reviewer';

/**
 * Publishes a new version of the policy, in force from now on. `under` is the change a second person agreed to, `tx` the
 * transaction it takes effect in. Throws a Refusal `forbidden`, also for a version that weakens a control without one, `unprocessable` for a
 * rule on a tag that identifies a person, or `stale` with `details.current` when another version was published since.
 */
export async function changePolicy(
  actor: Actor,
  { version: seen, settings, reason }: PolicyInput,
  { under = null, tx: outer }: { under?: ChangeAuthority | null; tx?: Prisma.TransactionClient } = {},
): Promise<Policy> {
  requireReviewer(actor, 'policies.write');
  try {
    return await within(outer, async (tx) => {
      await besideErasures(tx);
      const before = await currentPolicy(tx);
      if (before.version !== seen) throw stale(before);
      requireAgreedChange(actor, { kind: 'POLICY', version: seen, before: before.settings, settings }, under);
      await requireNamelessPolicy(tx, before.settings, settings);
      const version = seen + 1;
      await tx.policy.create({
        data: { version, settings, reason, byId: actor.id, byName: actor.name, changeId: under?.changeId ?? null },
      });
      const policy = await currentPolicy(tx);
      const data = { version, settings, reason, ...groundsOf(actor, under) };
      await appendAuditEvent(tx, actor, { action: 'policy.changed', subject: `policy:${version}`, data }, [
        { table: 'policy', id: version },
      ]);
      return policy;
    });
  } catch (failure) {
    throw isUniqueViolation(failure) ? stale(await currentPolicy()) : failure;
  }
}

function stale(current: Policy): Refusal {
  return new Refusal(
    'stale',
    'Another policy version was published since you opened this one. Reload the page and make your changes again.',
    { details: { current } },
  );
}
