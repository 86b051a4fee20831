import { submitRole } from '@/lib/changes/submit-user';
import { roleInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { answerUsers } from '../../answer-users';

/** Gives somebody another role, which holds from their next request on; or proposes to. */
export const PUT = route<{ id: string }>({ permission: 'users.manage' }, async ({ request, actor, params }) => {
  const { role, reason } = await readJson(request, roleInput);
  return answerUsers(actor, await submitRole(actor, params.id, role, reason));
});
