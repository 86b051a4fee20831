import { passwordMark } from '@/lib/auth/credentials';
import {
  addCheckedUser,
  changeRole,
  checkNewUser,
  enableUser,
  type NewUser,
  newHash,
  requireResettable,
  setPasswordHash,
} from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import { checkReason } from '@/lib/domain/change/verdict';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES, type Role } from '@/lib/domain/roles';
import { proposeChange } from './propose-change';
import { changeViewOf } from './read-changes';

/** What became of a change to an account: done at once (null), or waiting for a second reviewer. */
export type SubmittedUser = ChangeView | null;

/** Adds a user, or proposes to. Throws a Refusal as `addUser` and `proposeChange` do. */
export async function submitNewUser(actor: Actor, user: NewUser, reason: string): Promise<SubmittedUser> {
  requirePermission(actor, 'users.manage');
  const checked = await checkNewUser(user);
  const { passwordHash, ...account } = checked;
  if (await db().user.findUnique({ where: { email: checked.email } }))
    throw new Refusal('conflict', `A user ${checked.email} exists already. Change that account, or use another address.`, {
      field: 'email',
    });
  const change = { kind: 'USER_ADD' as const, ...account, withPassword: passwordHash !== null };
  return doOrPropose(actor, change, { reason, secret: passwordHash }, () => addCheckedUser(actor, checked));
}

/** Gives a user another role, or proposes to. Throws a Refusal as `changeRole` and `proposeChange` do. */
export async function submitRole(actor: Actor, id: string, to: Role, reason: string): Promise<SubmittedUser> {
  const user = await accountOf(actor, id);
  const change = { kind: 'ROLE' as const, ...user.named, from: user.role, to };
  return doOrPropose(actor, change, { reason }, () => changeRole(actor, user.named.email, to));
}

/** Sets a user's password, or proposes to. Throws a Refusal as `setPassword` and `proposeChange` do. */
export async function submitPassword(actor: Actor, id: string, password: string, reason: string): Promise<SubmittedUser> {
  const user = await accountOf(actor, id);
  requireResettable(actor, user);
  const change = { kind: 'PASSWORD' as const, ...user.named, mark: passwordMark(user.passwordHash) };
  if (whyItTakesTwo(actor.id, change) !== null) checkReason(reason);
  const secret = await newHash(password);
  return doOrPropose(actor, change, { reason, secret }, () => setPasswordHash(actor, user.named.email, secret));
}

/** Lets a disabled user in again, or proposes to. Throws a Refusal as `enableUser` and `proposeChange` do. */
export async function submitEnabling(actor: Actor, id: string, reason: string): Promise<SubmittedUser> {
  const user = await accountOf(actor, id);
  const change = { kind: 'USER_ENABLE' as const, ...user.named, role: user.role };
  if (!user.disabled) return null;
  return doOrPropose(actor, change, { reason }, () => enableUser(actor, user.named.email));
}

async function doOrPropose(
  actor: Actor,
  change: ProposedChange,
  { reason, secret = null }: { reason: string; secret?: string | null },
  act: () => Promise<void>,
): Promise<SubmittedUser> {
  if (whyItTakesTwo(actor.id, change) !== null) return changeViewOf(actor, await proposeChange(actor, change, { reason, secret }));
  await act();
  return null;
}

async function accountOf(actor: Actor, id: string) {
  requirePermission(actor, 'users.manage');
  const user = UUID.test(id) ? await db().user.findUnique({ where: { id } }) : null;
  const role = ROLES.find((known) => known === user?.role);
  if (!user || !role) throw new Refusal('not-found', 'There is no such user.');
  const { email, name, passwordHash, oidcSubject, disabledAt } = user;
  return { id: user.id, name, oidcSubject, named: { userId: user.id, email, name }, role, passwordHash, disabled: disabledAt !== null };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
