import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { User } from '@/lib/db/generated/client';
import { type Actor, isProgram } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { OwnPasswordInput } from '@/lib/domain/user-input';
import { mustChangePassword, passwordIsUnexplained, recordCredential } from './credentials';
import { lockedFor } from './lock-out';
import { checkPassword, hashPassword, passwordMatches } from './passwords';
import { endOtherSessions } from './sessions';
import { takeTry } from './sign-in';

/** Resolves to true when the actor's account has a password to change. */
export async function hasPassword(actor: Actor): Promise<boolean> {
  if (isProgram(actor.role)) return false;
  return (await db().user.count({ where: { id: actor.id, passwordHash: { not: null } } })) === 1;
}

/**
 * Changes the actor's own password and ends their other sessions; resolves to how many those were. The current password is asked for
 * under the limits of a sign-in: each try counts, five wrong ones lock the account. Throws a Refusal `forbidden` for a wrong current
 * password, `too-many-attempts` while the account is locked, `unprocessable` for a password that may not be set or is the current
 * one, `conflict` for an account without a password, or `stale` when the password was changed meanwhile.
 */
export async function changePassword(actor: Actor, { current, password }: OwnPasswordInput): Promise<number> {
  const user = isProgram(actor.role) ? null : await db().user.findUnique({ where: { id: actor.id } });
  if (!user?.passwordHash)
    throw new Refusal('conflict', 'Your account has no password. You sign in with single sign-on; change your password there.');
  checkPassword(password);
  if (password === current) throw new Refusal('unprocessable', 'This is your current password. Choose another one.', { field: 'password' });
  await requireCurrent(actor, user, current);
  return store(actor, user, await hashPassword(password));
}

async function requireCurrent(actor: Actor, user: User, current: string): Promise<void> {
  const open = await takeTry(user.id);
  if (open && (await passwordMatches(current, user.passwordHash))) return;
  await db().$transaction((tx) =>
    appendAuditEvent(tx, actor, {
      action: 'password.refused',
      subject: `user:${user.id}`,
      data: { email: user.email, reason: open ? 'wrong-credentials' : 'locked' },
    }),
  );
  if (open) throw new Refusal('forbidden', 'The current password is wrong. Nothing was changed; type it again.', { field: 'current' });
  const { lockedUntil } = await db().user.findUniqueOrThrow({ where: { id: user.id } });
  const retryAfter = lockedFor(lockedUntil);
  throw new Refusal('too-many-attempts', `The account is temporarily locked after wrong passwords. Try again in ${retryAfter} seconds.`, {
    retryAfter,
  });
}

function store(actor: Actor, user: User, passwordHash: string): Promise<number> {
  return db().$transaction(async (tx) => {
    // Looked at first: afterwards the account has the new password.
    const wasGiven = await mustChangePassword(tx, user.id);
    const unknown = { userId: user.id, kind: 'PASSWORD', way: 'UNKNOWN', by: actor, stored: user.passwordHash } as const;
    const found = (await passwordIsUnexplained(tx, user.id)) ? [await recordCredential(tx, unknown)] : [];
    const changed = await tx.user.updateMany({
      where: { id: user.id, passwordHash: user.passwordHash },
      data: { passwordHash, failedLogins: 0, lockedUntil: null },
    });
    if (changed.count === 0) throw new Refusal('stale', 'Your password was changed meanwhile. Sign in again with the new one.');
    const row = await recordCredential(tx, { userId: user.id, kind: 'PASSWORD', way: 'OWN', by: actor, stored: passwordHash });
    const sessions = await endOtherSessions(tx, user.id, actor.sessionId);
    const data = { email: user.email, wasGiven, sessions };
    await appendAuditEvent(tx, actor, { action: 'password.changed', subject: `user:${user.id}`, data }, [...found, row]);
    return sessions;
  });
}
