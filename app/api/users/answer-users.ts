import { listUsers } from '@/lib/auth/list-users';
import type { SubmittedUser } from '@/lib/changes/submit-user';
import type { Actor } from '@/lib/domain/actor';

/** Every account after a change to one: with status 202 and the change where that waits for a second reviewer. */
export async function answerUsers(actor: Actor, change: SubmittedUser, status = 200): Promise<Response> {
  const users = await listUsers(actor);
  return change === null ? Response.json({ users, change: null }, { status }) : Response.json({ users, change }, { status: 202 });
}
