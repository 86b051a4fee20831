import { submitPassword } from '@/lib/changes/submit-user';
import { passwordInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { answerUsers } from '../../answer-users';

/** Sets a password, lifts a lock, and ends the open sessions; or proposes to. */
export const PUT = route<{ id: string }>({ permission: 'users.manage' }, async ({ request, actor, params }) => {
  const { password, reason } = await readJson(request, passwordInput);
  return answerUsers(actor, await submitPassword(actor, params.id, password, reason));
});
