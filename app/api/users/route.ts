import { recordListView } from '@/lib/audit/record-list-view';
import { listUsers } from '@/lib/auth/list-users';
import { submitNewUser } from '@/lib/changes/submit-user';
import { newUserInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { answerUsers } from './answer-users';

/** Every account. */
export const GET = route({ permission: 'users.manage' }, async ({ actor }) => {
  const users = await listUsers(actor);
  await recordListView(actor, 'users', users.length);
  return Response.json({ users });
});

/** Adds an account, or proposes to. */
export const POST = route({ permission: 'users.manage' }, async ({ request, actor }) => {
  const { reason, ...user } = await readJson(request, newUserInput);
  return answerUsers(actor, await submitNewUser(actor, user, reason), 201);
});
