import { passwordMark } from '@/lib/auth/credentials';
import type { Prisma } from '@/lib/db/generated/client';
import { policyOn } from '@/lib/domain/change/policy-on';
import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import { erasureObstacle } from '@/lib/domain/retention';
import { calendarNow } from '@/lib/env';
import { retentionFacts } from '@/lib/retention/retention-facts';
import { currentPolicy } from '@/lib/review/policies';

/** Returns why a change no longer fits the state it was proposed on, as one sentence, or null while it does. */
export async function outdated(tx: Prisma.TransactionClient, change: ProposedChange): Promise<string | null> {
  switch (change.kind) {
    case 'POLICY': {
      const { moved } = policyOn(change, (await currentPolicy(tx)).settings);
      return moved.length === 0 ? null : `Another policy version changed the same settings since this was proposed: ${moved.join('; ')}.`;
    }
    case 'ERASURE': {
      const facts = await retentionFacts(change.ids, tx);
      const obstacles = facts.map((one) => erasureObstacle(one, 'REQUEST', 0, calendarNow()));
      return obstacles.includes(null) ? null : `None of these cases can be erased any more. ${obstacles[0] ?? ''}`.trim();
    }
    case 'HOLD_LIFT': {
      const facts = await retentionFacts(change.ids, tx);
      return facts.some(({ holdId }) => holdId !== null && change.holds.includes(holdId))
        ? null
        : 'None of these cases is under the legal hold any more that this was proposed on.';
    }
    case 'USER_ADD':
      return (await tx.user.findUnique({ where: { email: change.email } })) ? `A user ${change.email} exists already.` : null;
    default:
      return outdatedAccount(tx, change);
  }
}

async function outdatedAccount(
  tx: Prisma.TransactionClient,
  change: Extract<ProposedChange, { kind: 'ROLE' | 'PASSWORD' | 'USER_ENABLE' }>,
): Promise<string | null> {
  const user = await tx.user.findUnique({ where: { id: change.userId } });
  if (user?.email !== change.email) return `The account of ${change.name} changed since this was proposed.`;
  switch (change.kind) {
    case 'ROLE':
      return user.role === change.from ? null : `The role of ${change.name} changed since this was proposed.`;
    case 'PASSWORD':
      return passwordMark(user.passwordHash) === change.mark ? null : `The password of ${change.name} changed since this was proposed.`;
    case 'USER_ENABLE':
      if (!user.disabledAt) return `${change.name} can sign in again already.`;
      return user.role === change.role ? null : `The role of ${change.name} changed since this was proposed.`;
  }
}
