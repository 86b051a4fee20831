import { addressOf, listUsers } from '@/lib/auth/list-users';
import { setPassword } from '@/lib/auth/users';
import { passwordInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Sets a password, lifts a lock, and ends the open sessions. */
export const PUT = route<{ id: string }>({ permission: 'users.manage' }, async ({ request, actor, params }) => {
  const { password } = await readJson(request, passwordInput);
  await setPassword(actor, await addressOf(actor, params.id), password);
  return Response.json({ users: await listUsers(actor) });
});
