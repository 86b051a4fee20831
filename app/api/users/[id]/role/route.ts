import { addressOf, listUsers } from '@/lib/auth/list-users';
import { changeRole } from '@/lib/auth/users';
import { roleInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Gives somebody another role; it holds from her next request on. */
export const PUT = route<{ id: string }>({ permission: 'users.manage' }, async ({ request, actor, params }) => {
  const { role } = await readJson(request, roleInput);
  await changeRole(actor, await addressOf(actor, params.id), role);
  return Response.json({ users: await listUsers(actor) });
});
