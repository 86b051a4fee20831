import { z } from 'zod';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { Role } from '@/lib/domain/roles';
import { passwordMatches } from './passwords';
import { addUser, setPassword } from './users';

const DEMO_USERS: { email: string; name: string; role: Role }[] = [
  { email: 'analyst@example.test', name: 'Ana Lindqvist', role: 'analyst' },
  { email: 'manager@example.test', name: 'Marek Okafor', role: 'manager' },
  { email: 'auditor@example.test', name: 'Aiko Duarte', role: 'auditor' },
  { email: 'admin@example.test', name: 'Adi Haddad', role: 'admin' },
];

/** Who sets the passwords of demo users: the program, told apart from an operator at the command line. */
const DEMO_ACTOR: Actor = { ...SYSTEM_ACTOR, origin: { ...SYSTEM_ACTOR.origin, requestId: 'demo-users' } };

/**
 * Makes sure the four demo users exist and have this password. Leaves their roles as they are, whether they are disabled, a password that
 * fits already, and one that its user, an administrator or an operator changed. Their passwords count as set up by the program: nobody
 * has to change one, and the demo users are people of their own to dual control. Returns their e-mail addresses.
 */
export async function ensureDemoUsers(password: string): Promise<string[]> {
  const present = await db().user.findMany({ where: { email: { in: DEMO_USERS.map((user) => user.email) } } });
  for (const user of DEMO_USERS) {
    const known = present.find((candidate) => candidate.email === user.email);
    if (!known) await addUser(DEMO_ACTOR, { ...user, password });
    else if ((await hasDemoPassword(known.id)) && !(await passwordMatches(password, known.passwordHash)))
      await setPassword(DEMO_ACTOR, user.email, password);
  }
  return DEMO_USERS.map((user) => user.email);
}

const PASSWORD_SET = ['user.added', 'user.password-changed', 'user.provider-bound', 'user.credential-changed', 'password.changed'];

/** Resolves to true when it was this program that set the password last, by what the log says of it. */
async function hasDemoPassword(userId: string): Promise<boolean> {
  const newest = await db().auditEvent.findFirst({
    where: { subject: `user:${userId}`, action: { in: PASSWORD_SET } },
    orderBy: { seq: 'desc' },
    include: { payload: true },
  });
  const said = z.object({ origin: z.object({ requestId: z.string() }) }).safeParse(JSON.parse(newest?.payload?.data ?? 'null'));
  return said.success && said.data.origin.requestId === DEMO_ACTOR.origin.requestId;
}
