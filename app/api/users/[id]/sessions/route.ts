import { addressOf, listUsers } from '@/lib/auth/list-users';
import { endSessions } from '@/lib/auth/users';
import { route } from '@/lib/http/route';

/** Ends every open session of somebody, who may sign in again. */
export const DELETE = route<{ id: string }>({ permission: 'users.manage' }, async ({ actor, params }) => {
  await endSessions(actor, await addressOf(actor, params.id));
  return Response.json({ users: await listUsers(actor) });
});
