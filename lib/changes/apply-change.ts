import { addCheckedUser, changeRole, enableUser, setPasswordHash } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { ChangeAuthority } from '@/lib/domain/change/agreed-change';
import { policyOn } from '@/lib/domain/change/policy-on';
import type { ChangeOf, ProposedChange } from '@/lib/domain/change/proposed-change';
import { Refusal } from '@/lib/domain/refusal';
import { eraseCases } from '@/lib/retention/erase-cases';
import { placeHold } from '@/lib/retention/place-hold';
import { changePolicy } from '@/lib/review/change-policy';
import { currentPolicy } from '@/lib/review/policies';

/** A change that names several cases, each of which is an act of its own. */
export type CaseChange = ChangeOf<'ERASURE' | 'HOLD_LIFT'>;
type SingleChange = Exclude<ProposedChange, CaseChange>;

/** With what a change is put into effect. */
export interface Applied<Change extends ProposedChange = ProposedChange> {
  change: Change;
  reason: string;
  under: ChangeAuthority;
}

/** Returns whether a change is put into effect case by case, rather than in one transaction. */
export function isCaseChange(change: ProposedChange): change is CaseChange {
  return change.kind === 'ERASURE' || change.kind === 'HOLD_LIFT';
}

/** Does what was proposed, by the verb that does it directly, in the caller's transaction. Returns what came of it. Throws a Refusal. */
export async function applySingle(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { change, reason, under }: Applied<SingleChange>,
): Promise<string> {
  switch (change.kind) {
    case 'POLICY': {
      const { version, settings } = await currentPolicy(tx);
      const policy = await changePolicy(actor, { version, settings: policyOn(change, settings).settings, reason }, { under, tx });
      return `Policy version ${policy.version} is in force.`;
    }
    case 'ROLE':
      await changeRole(actor, change.email, change.to, { under, tx });
      return `${change.name} is now ${change.to}.`;
    case 'PASSWORD':
      await setPasswordHash(actor, change.email, await secretOf(tx, under), { under, tx });
      return `${change.name} has a new password.`;
    case 'USER_ADD': {
      const { email, name, role, withPassword } = change;
      const passwordHash = withPassword ? await secretOf(tx, under) : null;
      await addCheckedUser(actor, { email, name, role, passwordHash }, { under, tx });
      return `${name} is added as ${role}.`;
    }
    case 'USER_ENABLE':
      await enableUser(actor, change.email, { under, tx });
      return `${change.name} can sign in again.`;
  }
}

/**
 * Does what was proposed to each case, by the verb that does it directly. Safe to run again after it was interrupted: what is counted
 * are the rows written under this change. Returns what came of it.
 */
export async function applyToCases(actor: Actor, { change, reason, under }: Applied<CaseChange>): Promise<string> {
  const { changeId } = under;
  const done = () =>
    change.kind === 'ERASURE' ? db().erasure.count({ where: { changeId } }) : db().legalHold.count({ where: { changeId, held: false } });
  const ids = change.ids;
  const { refused } =
    change.kind === 'ERASURE'
      ? await eraseCases(actor, { ids, rule: 'REQUEST', reason, confirm: ids.length }, under)
      : await placeHold(actor, { ids, held: false, reason, confirm: ids.length }, { ...under, holds: change.holds });
  const changed = await done();
  if (changed === 0) throw new Refusal('stale', refused[0]?.message ?? 'None of these cases could be changed.');
  const word = change.kind === 'ERASURE' ? 'erased' : 'no longer under legal hold';
  return `${changed} of ${ids.length} ${ids.length === 1 ? 'case' : 'cases'} ${word}.`;
}

async function secretOf(tx: Prisma.TransactionClient, { changeId }: ChangeAuthority): Promise<string> {
  const secret = await tx.changeSecret.findUnique({ where: { changeId } });
  if (!secret) throw new Refusal('stale', 'The password of this change is gone. Propose it again.');
  return secret.passwordHash;
}
