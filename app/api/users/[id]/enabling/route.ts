import { submitEnabling } from '@/lib/changes/submit-user';
import { reasonInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { answerUsers } from '../../answer-users';

/** Lets a disabled user in again, or proposes to. */
export const POST = route<{ id: string }>({ permission: 'users.manage' }, async ({ request, actor, params }) => {
  const { reason } = await readJson(request, reasonInput);
  return answerUsers(actor, await submitEnabling(actor, params.id, reason));
});
