import { changePassword } from '@/lib/auth/change-password';
import { ownPasswordInput } from '@/lib/domain/user-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Changes the caller's own password and ends their other sessions. */
export const PUT = route({ signedIn: true, beforePasswordChange: true }, async ({ request, actor }) => {
  const sessions = await changePassword(actor, await readJson(request, ownPasswordInput));
  return Response.json({ sessions });
});
