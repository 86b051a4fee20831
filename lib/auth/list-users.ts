import { z } from 'zod';
import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES, type Role } from '@/lib/domain/roles';

/** An account as the screen of users shows it. Times are milliseconds since 1970. */
export interface Account {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** Ways to sign in. */
  signsInWith: { password: boolean; singleSignOn: boolean };
  /** Whether somebody else set the password and the user has not changed it yet. */
  mustChangePassword: boolean;
  disabledAt: number | null;
  /** Until when too many wrong passwords keep it shut. */
  lockedUntil: number | null;
  createdAt: number;
  /** Sessions open now, and when the newest of all began. */
  sessions: number;
  lastSignIn: number | null;
}

const instant = z.date().transform((date) => date.getTime());
const row = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  password: z.boolean(),
  singleSignOn: z.boolean(),
  mustChangePassword: z.boolean(),
  disabledAt: instant.nullable(),
  lockedUntil: instant.nullable(),
  createdAt: instant,
  sessions: z.number().int(),
  lastSignIn: instant.nullable(),
});

/** Every account, by name; those disabled last. Throws a Refusal `forbidden`. */
export async function listUsers(actor: Actor, now = Date.now()): Promise<Account[]> {
  requirePermission(actor, 'users.manage');
  const rows = await db().$queryRaw<unknown[]>`
    SELECT u.id::text, u.email, u.name, u.role, u.password_hash IS NOT NULL AS password, u.oidc_subject IS NOT NULL AS "singleSignOn",
      u.password_hash IS NOT NULL AND console.must_change_password(u.id) AS "mustChangePassword",
      u.disabled_at AS "disabledAt", u.locked_until AS "lockedUntil", u.created_at AS "createdAt",
      (count(s.id) FILTER (WHERE s.revoked_at IS NULL AND s.expires_at > now()))::int AS sessions, max(s.created_at) AS "lastSignIn"
    FROM console."user" u LEFT JOIN console.session s ON s.user_id = u.id
    GROUP BY u.id ORDER BY u.disabled_at IS NOT NULL, u.name, u.email`;
  return row
    .array()
    .parse(rows)
    .map(({ password, singleSignOn, lockedUntil, ...account }) => ({
      ...account,
      lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
      signsInWith: { password, singleSignOn },
    }));
}

/** The e-mail address of an account, by which the verbs of users name it. Throws a Refusal `forbidden` or `not-found`. */
export async function addressOf(actor: Actor, id: string): Promise<string> {
  requirePermission(actor, 'users.manage');
  const known = z.uuid().safeParse(id);
  const user = known.success ? await db().user.findUnique({ where: { id: known.data }, select: { email: true } }) : null;
  if (!user) throw new Refusal('not-found', 'There is no such user.');
  return user.email;
}
