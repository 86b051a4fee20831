import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor, Origin } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES, type Role } from '@/lib/domain/roles';
import { env } from '@/lib/env';
import { log } from './log';

const HOUR_MS = 3_600_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface SessionRow {
  id: string;
  name: string;
  email: string;
  role: string;
  mustChange: boolean;
}

/** Whether a session is read although its user has to change a password somebody else set: to change it, and to sign out. */
export interface ReadSessionOptions {
  beforePasswordChange?: boolean;
}

/**
 * Starts a session of a user and records it. The session the same browser had until now, `replaced`, ends in the same
 * transaction: one browser never holds two. Returns the id of the new one, which is all the cookie will hold.
 */
export async function startSession(origin: Origin, userId: string, provider: string, replaced: string | null = null): Promise<string> {
  return db().$transaction(async (tx) => {
    const { ip, userAgent } = origin;
    const expiresAt = new Date(Date.now() + env().SESSION_HOURS * HOUR_MS);
    const session = await tx.session.create({ data: { userId, expiresAt, ip, userAgent, provider }, include: { user: true } });
    const { user } = session;
    const actor: Actor = { id: user.id, name: user.name, email: user.email, role: readRole(user.role), sessionId: session.id, origin };
    await appendAuditEvent(tx, actor, { action: 'session.started', subject: `session:${session.id}`, data: { provider } });
    if (replaced !== null) await replaceSession(tx, actor, replaced);
    return session.id;
  });
}

/**
 * Returns who a session belongs to, in one query; null when it is over, revoked, unknown, or its user disabled. Role and name are
 * those of this moment, whatever they were at sign-in. Every page, route and stream learns its actor here, so this is where a session
 * whose user has to change a password stops: throws the Refusal `password-change-required` unless the caller is the change
 * itself or the sign-out. A session of a sign-in provider is not asked: it began with no password of this console.
 */
export async function readSession(
  sessionId: string,
  origin: Origin,
  { beforePasswordChange = false }: ReadSessionOptions = {},
): Promise<Actor | null> {
  if (!UUID.test(sessionId)) return null;
  const rows = await db().$queryRaw<SessionRow[]>`
    SELECT u.id::text, u.name, u.email, u.role, s.provider = 'password' AND console.must_change_password(u.id) AS "mustChange"
    FROM console.session s JOIN console."user" u ON u.id = s.user_id
    WHERE s.id = ${sessionId}::uuid AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL`;
  const [row] = rows;
  if (!row) return null;
  const { mustChange, ...user } = row;
  if (mustChange && !beforePasswordChange)
    throw new Refusal('password-change-required', 'You did not set your password yourself. Change it before you continue.');
  return { ...user, role: readRole(user.role), sessionId, origin };
}

/**
 * Ends a session at once and records it. Ending one that is over changes nothing. While the log takes no events the session ends all the same, and
 * only the process's log has it: nobody may be kept signed in.
 */
export async function endSession(origin: Origin, sessionId: string): Promise<void> {
  const actor = await readSession(sessionId, origin, { beforePasswordChange: true });
  if (!actor) return;
  const end = (tx: Prisma.TransactionClient) =>
    tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
  try {
    await db().$transaction(async (tx) => {
      const { count } = await end(tx);
      if (count > 0) await appendAuditEvent(tx, actor, { action: 'session.ended', subject: `session:${sessionId}`, data: {} });
    });
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.code !== 'log-closed') throw failure;
    await end(db());
    log().warn({ sessionId }, 'a session ended without an event, because the audit log is closed');
  }
}

async function replaceSession(tx: Prisma.TransactionClient, actor: Actor, sessionId: string): Promise<void> {
  if (!UUID.test(sessionId)) return;
  const earlier = await tx.session.findFirst({ where: { id: sessionId, revokedAt: null, expiresAt: { gt: new Date() } } });
  if (!earlier) return;
  const ended = await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
  if (ended.count === 0) return;
  const data = { userId: earlier.userId };
  await appendAuditEvent(tx, actor, { action: 'session.replaced', subject: `session:${sessionId}`, data });
}

/** Ends every session of a user, within the transaction of the act that makes it necessary. */
export async function revokeAll(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date() } });
}

/** Ends every session of a user but one, within the caller's transaction; resolves to how many were open. */
export async function endOtherSessions(tx: Prisma.TransactionClient, userId: string, kept: string | null): Promise<number> {
  const others = { userId, revokedAt: null, ...(kept !== null && { id: { not: kept } }) };
  const open = await tx.session.count({ where: { ...others, expiresAt: { gt: new Date() } } });
  await tx.session.updateMany({ where: others, data: { revokedAt: new Date() } });
  return open;
}

/** Whether sessions can be read now: the database answers and its migrations are applied. */
export async function sessionsReadable(): Promise<boolean> {
  try {
    await db().$queryRaw`SELECT 1 FROM console.session LIMIT 1`;
    return true;
  } catch {
    return false;
  }
}

// The database admits no other word; should it ever, nobody gets in by it.
function readRole(role: string): Role {
  const known = ROLES.find((candidate) => candidate === role);
  if (!known) throw new Refusal('forbidden', 'Your account has no role known here. Ask an administrator.');
  return known;
}
