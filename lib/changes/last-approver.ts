import { db } from '@/lib/db/client';
import { CHANGE_WAIT_HOURS } from '@/lib/domain/change/proposed-change';
import { isSamePerson } from '@/lib/domain/person';
import { rolesWith } from '@/lib/domain/roles';

/**
 * Resolves to true when fewer than two people are left who can agree to changes, and one person removed another such person within the
 * last 72 hours. Costs one query while two are left.
 */
export async function lastApproverRemoved(now = Date.now()): Promise<boolean> {
  const present = await db().user.findMany({
    where: { disabledAt: null, role: { in: rolesWith('policies.approve') } },
    select: { id: true, email: true, oidcSubject: true },
  });
  const [first] = present;
  if (first && present.some((one) => !isSamePerson(first, one))) return false;
  const since = new Date(now - CHANGE_WAIT_HOURS * 3_600_000);
  const [row] = await db().$queryRaw<{ removed: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM console."user" AS u WHERE console.approver_was_removed(u) AND (u.disabled_at >= ${since} OR EXISTS (
        SELECT FROM console.audit_event AS e WHERE e.subject = 'user:' || u.id AND e.action IN ('user.disabled', 'user.role-changed') AND e.at >= ${since}
      ))
    ) AS removed`;
  return row?.removed ?? false;
}
