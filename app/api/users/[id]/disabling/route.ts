import { addressOf, listUsers } from '@/lib/auth/list-users';
import { disableUser } from '@/lib/auth/users';
import { route } from '@/lib/http/route';

/** Shuts somebody out at once, open sessions included. */
export const PUT = route<{ id: string }>({ permission: 'users.manage' }, async ({ actor, params }) => {
  await disableUser(actor, await addressOf(actor, params.id));
  return Response.json({ users: await listUsers(actor) });
});
