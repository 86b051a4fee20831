import { recordListView } from '@/lib/audit/record-list-view';
import { listUsers } from '@/lib/auth/list-users';
import { addUser } from '@/lib/auth/users';
import { newUserInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Every account. */
export const GET = route({ permission: 'users.manage' }, async ({ actor }) => {
  const users = await listUsers(actor);
  await recordListView(actor, 'users', users.length);
  return Response.json({ users });
});

/** Adds an account. */
export const POST = route({ permission: 'users.manage' }, async ({ request, actor }) => {
  await addUser(actor, await readJson(request, newUserInput));
  return Response.json({ users: await listUsers(actor) }, { status: 201 });
});
