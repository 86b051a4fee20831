import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { Prisma, type User } from '@/lib/db/generated/client';
import { within } from '@/lib/db/within';
import { type Actor, isProgram, requirePermission } from '@/lib/domain/actor';
import { groundsOf } from '@/lib/domain/audit-kinds/grounds';
import { type ChangeAuthority, requireAgreedChange } from '@/lib/domain/change/agreed-change';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES, type Role } from '@/lib/domain/roles';
import { passwordMark, recordCredential } from './credentials';
import { isMailAddress } from './mail-address';
import { checkPassword, hashPassword } from './passwords';
import { revokeAll } from './sessions';
import { emailKey } from './sign-in';

const email = z.string().max(254, 'Give an e-mail address.').refine(isMailAddress, 'Give an e-mail address.');
const name = z.string().trim().min(1, 'Give a name.').max(200, 'Keep the name under 200 characters.');
const role = z.enum(ROLES, `Choose a role: ${ROLES.join(', ')}.`);

export interface NewUser {
  email: string;
  name: string;
  role: string;
  /** Null for somebody who signs in by OpenID Connect only. */
  password: string | null;
}

/**
 * How a password set for another person counts. GIVEN: its user has to change it at the first sign-in, and whoever set it is no second
 * person to them for a while (`secondPersonRefusal`). SETUP: nobody's, and it may stay; only the program may say so, for demo
 * users, automation and tests.
 */
type PasswordWay = 'GIVEN' | 'SETUP';
const wayOf = (actor: Actor): PasswordWay => (isProgram(actor.role) ? 'SETUP' : 'GIVEN');

/** A user as stored: read, and with the hash of the password. */
export interface CheckedUser {
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
}

/** The change a second reviewer agreed to, the transaction it takes effect in, and how a password set by it counts. */
export interface UserGrounds {
  under?: ChangeAuthority | null;
  tx?: Prisma.TransactionClient;
  way?: PasswordWay;
}

/** Reads a new user and hashes the password. Throws a Refusal `unprocessable` with the field. */
export async function checkNewUser(user: NewUser): Promise<CheckedUser> {
  return {
    email: read('email', email, emailKey(user.email)),
    name: read('name', name, user.name),
    role: read('role', role, user.role),
    passwordHash: user.password === null ? null : await newHash(user.password),
  };
}

/**
 * Adds a user; a password of theirs counts as `way`. Throws a Refusal `forbidden`, `unprocessable` with the field, or `conflict` when
 * the e-mail address is taken, in whatever spelling.
 */
export async function addUser(actor: Actor, user: NewUser, way = wayOf(actor)): Promise<void> {
  requirePermission(actor, 'users.manage');
  await addCheckedUser(actor, await checkNewUser(user), { way });
}

/** Adds a user whose data was read before. Throws a Refusal as `addUser`. */
export async function addCheckedUser(actor: Actor, data: CheckedUser, grounds: UserGrounds = {}): Promise<void> {
  const { under = null, tx: outer, way = wayOf(actor) } = grounds;
  requirePermission(actor, 'users.manage');
  const change = { email: data.email, name: data.name, role: data.role, withPassword: data.passwordHash !== null };
  requireAgreedChange(actor, { kind: 'USER_ADD', ...change }, under);
  await within(outer, async (tx) => {
    const { id } = await tx.user.create({ data });
    const given = { userId: id, kind: 'PASSWORD', way: allowed(actor, way), by: actor, stored: data.passwordHash } as const;
    const rows = data.passwordHash === null ? [] : [await recordCredential(tx, { ...given, unagreed: isUnagreed(under) ? 'ADDED' : null })];
    const added = { email: data.email, role: data.role, ...groundsOf(actor, under) };
    await appendAuditEvent(tx, actor, { action: 'user.added', subject: `user:${id}`, data: added }, rows);
  }).catch((failure: unknown) => {
    if (failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002')
      throw new Refusal('conflict', `A user ${data.email} exists already. Change that account, or use another address.`, {
        field: 'email',
      });
    throw failure;
  });
}

/**
 * Gives a user another role; it holds from the next request on. Throws a Refusal `forbidden`, `not-found`, `unprocessable`, or
 * `conflict` for the last administrator.
 */
export async function changeRole(actor: Actor, address: string, wanted: string, grounds: UserGrounds = {}): Promise<void> {
  const { under = null, tx: outer } = grounds;
  const to = read('role', role, wanted);
  await changeUser(actor, address, outer, async (tx, user) => {
    const from = read('role', role, user.role);
    if (from === to) return;
    requireAgreedChange(actor, { kind: 'ROLE', ...accountOf(user), from, to }, under);
    await tx.user.update({ where: { id: user.id }, data: { role: to } });
    await appendAuditEvent(tx, actor, {
      action: 'user.role-changed',
      subject: `user:${user.id}`,
      data: { email: user.email, from, to, ...groundsOf(actor, under) },
    });
  });
}

/** Shuts a user out at once, open sessions included. Throws a Refusal `forbidden`, `not-found`, or `conflict` for the last administrator. */
export async function disableUser(actor: Actor, address: string): Promise<void> {
  await changeUser(actor, address, undefined, async (tx, user) => {
    await revokeAll(tx, user.id);
    if (user.disabledAt) return;
    await tx.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
    await appendAuditEvent(tx, actor, {
      action: 'user.disabled',
      subject: `user:${user.id}`,
      data: { email: user.email, ...groundsOf(actor, null) },
    });
  });
}

/** Enables a disabled user, with the role and the password they had. Throws a Refusal `forbidden` or `not-found`. */
export async function enableUser(actor: Actor, address: string, { under = null, tx: outer }: UserGrounds = {}): Promise<void> {
  await changeUser(actor, address, outer, async (tx, user) => {
    if (!user.disabledAt) return;
    requireAgreedChange(actor, { kind: 'USER_ENABLE', ...accountOf(user), role: read('role', role, user.role) }, under);
    await tx.user.update({ where: { id: user.id }, data: { disabledAt: null, failedLogins: 0, lockedUntil: null } });
    await appendAuditEvent(tx, actor, {
      action: 'user.enabled',
      subject: `user:${user.id}`,
      data: { email: user.email, ...groundsOf(actor, under) },
    });
  });
}

/** Ends every open session of a user, who may sign in again. Answers how many there were. Throws a Refusal `forbidden` or `not-found`. */
export async function endSessions(actor: Actor, address: string): Promise<number> {
  let sessions = 0;
  await changeUser(actor, address, undefined, async (tx, user) => {
    sessions = await tx.session.count({ where: { userId: user.id, revokedAt: null, expiresAt: { gt: new Date() } } });
    if (sessions === 0) return;
    await revokeAll(tx, user.id);
    await appendAuditEvent(tx, actor, {
      action: 'user.sessions-ended',
      subject: `user:${user.id}`,
      data: { email: user.email, sessions, ...groundsOf(actor, null) },
    });
  });
  return sessions;
}

/**
 * Sets a password for somebody else, which counts as `way`, lifts a lock, and ends the user's sessions. Throws a Refusal `forbidden`,
 * `not-found`, `unprocessable`, or `conflict` for one's own account, whose password is changed by knowing it, and for an account of the
 * sign-in provider: a password would be a second key to it. The command line may still set one, for when the provider fails.
 */
export async function setPassword(actor: Actor, address: string, password: string, way = wayOf(actor)): Promise<void> {
  requirePermission(actor, 'users.manage');
  await setPasswordHash(actor, address, await newHash(password), { way });
}

/** Sets a password that was hashed before. Throws a Refusal as `setPassword`. */
export async function setPasswordHash(actor: Actor, address: string, passwordHash: string, grounds: UserGrounds = {}): Promise<void> {
  const { under = null, tx: outer, way = wayOf(actor) } = grounds;
  await changeUser(actor, address, outer, async (tx, user) => {
    requireResettable(actor, user);
    requireAgreedChange(actor, { kind: 'PASSWORD', ...accountOf(user), mark: passwordMark(user.passwordHash) }, under);
    const given = { userId: user.id, kind: 'PASSWORD', way: allowed(actor, way), by: actor, stored: passwordHash } as const;
    const row = await recordCredential(tx, { ...given, unagreed: isUnagreed(under) ? 'RESET' : null });
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, failedLogins: 0, lockedUntil: null } });
    await revokeAll(tx, user.id);
    const data = { email: user.email, ...groundsOf(actor, under) };
    await appendAuditEvent(tx, actor, { action: 'user.password-changed', subject: `user:${user.id}`, data }, [row]);
  });
}

/** Throws a Refusal `conflict` for one's own account, and for one of the sign-in provider unless the command line asks. */
export function requireResettable(actor: Actor, user: Pick<User, 'id' | 'name' | 'oidcSubject'>): void {
  if (user.id === actor.id)
    throw new Refusal('conflict', 'This is your own account. Change its password in the menu under your name.', { field: 'password' });
  if (user.oidcSubject !== null && !isProgram(actor.role))
    throw new Refusal('conflict', `${user.name} signs in with single sign-on. Reset the password there; the console keeps none.`, {
      field: 'password',
    });
}

async function changeUser(
  actor: Actor,
  address: string,
  outer: Prisma.TransactionClient | undefined,
  change: (tx: Prisma.TransactionClient, user: User) => Promise<void>,
): Promise<void> {
  requirePermission(actor, 'users.manage');
  const key = emailKey(address);
  await within(outer, async (tx) => {
    // Locked, so that what is judged here is what is changed.
    await tx.$executeRaw`SELECT FROM console."user" WHERE email = ${key} FOR UPDATE`;
    const user = await tx.user.findUnique({ where: { email: key } });
    if (!user) throw new Refusal('not-found', `There is no user ${key}.`, { field: 'email' });
    await change(tx, user);
  }).catch((failure: unknown) => {
    throw isLastAdministrator(failure)
      ? new Refusal('conflict', 'This is the last administrator. Give another account the role admin first.', { field: 'role' })
      : failure;
  });
}

const accountOf = ({ id, email: address, name: called }: User) => ({ userId: id, email: address, name: called });

// The rule stands in the database, where two who go at the same moment see each other.
function isLastAdministrator(failure: unknown): boolean {
  return failure instanceof Error && failure.message.includes('the last administrator stays');
}

// Nobody else could agree, and the time to object passed.
const isUnagreed = (under: ChangeAuthority | null) => under !== null && under.approvedBy === null;

function allowed(actor: Actor, way: PasswordWay): PasswordWay {
  return isProgram(actor.role) ? way : 'GIVEN';
}

/** Checks a password and returns its hash. Throws a Refusal `unprocessable`. */
export function newHash(password: string): Promise<string> {
  checkPassword(password);
  return hashPassword(password);
}

function read<Value>(field: string, schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('unprocessable', parsed.error.issues[0]?.message ?? `${field} cannot be used.`, { field });
}
