import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Origin } from '@/lib/domain/actor';
import { addressKey } from '@/lib/domain/address-key';
import type { AuditPayload } from '@/lib/domain/audit-event';
import { FailuresByAddress, lockSeconds } from './lock-out';
import { plain, visitor } from './origin';
import { passwordMatches } from './passwords';

type Reason = AuditPayload<'session.refused'>['reason'];

const failures = new FailuresByAddress();

/** Returns an address as it is stored and looked up: in its one form, and of a length that may be kept. */
export function emailKey(email: string): string {
  return plain(addressKey(email));
}

/**
 * The id of the user whose e-mail and password these are, null for everybody else. Why not is only in the audit log:
 * unknown, locked, disabled and wrong look and last the same from outside. Every refusal is recorded; those of an address already
 * blocked for its many tries as their number, each time it has doubled.
 */
export async function signIn(origin: Origin, email: string, password: string): Promise<string | null> {
  const key = emailKey(email);
  if (failures.isBlocked(origin.ip)) {
    const times = failures.countBlocked(origin.ip);
    if (times !== null) await recordRefusal(origin, key, 'address-blocked', null, times);
    return null;
  }
  const user = await db().user.findUnique({ where: { email: key } });
  const open = user !== null && (await takeTry(user.id));
  const fits = await passwordMatches(password, open ? user.passwordHash : null);
  if (user && fits && !user.disabledAt) {
    await db().user.update({ where: { id: user.id }, data: { failedLogins: 0, lockedUntil: null } });
    return user.id;
  }
  failures.count(origin.ip);
  const reason = !user ? 'unknown-user' : user.disabledAt ? 'disabled' : open ? 'wrong-credentials' : 'locked';
  await recordRefusal(origin, key, reason, user?.id ?? null);
  return null;
}

/** Writes down that a sign-in was refused, and why; `times` is how many there were where they are told together. */
export async function recordRefusal(origin: Origin, email: string, reason: Reason, userId: string | null, times?: number): Promise<void> {
  await db().$transaction((tx) =>
    appendAuditEvent(tx, visitor(origin), {
      action: 'session.refused',
      subject: `user:${userId ?? 'unknown'}`,
      data: { email, reason, ...(times !== undefined && { times }) },
    }),
  );
}

/**
 * Counts a try before its password is looked at, and locks the account when it was the last free one; a right password
 * takes both back. Counted afterwards, many tries at the same moment would all slip through. False when locked.
 */
export function takeTry(userId: string): Promise<boolean> {
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM console."user" WHERE id = ${userId}::uuid FOR UPDATE`;
    const { failedLogins, lockedUntil } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (lockedUntil && lockedUntil.getTime() > Date.now()) return false;
    const seconds = lockSeconds(failedLogins + 1);
    const until = seconds > 0 ? new Date(Date.now() + seconds * 1000) : null;
    await tx.user.update({ where: { id: userId }, data: { failedLogins: failedLogins + 1, lockedUntil: until } });
    return true;
  });
}
