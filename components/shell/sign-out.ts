import * as z from 'zod/mini';
import { pageSession } from '../api/page-session';
import { request } from '../api/request';
import { spreadNews } from '../api/tab-news';
import { keepQueueSession } from '../desk/queue-session';
import { keepUndo } from '../desk/undo-memory';
import { forgetDraftsUnlessKept } from '../drafts/sweep-drafts';

const SIGN_IN = '/sign-in';

const token = z.object({ csrfToken: z.string() });

/**
 * Ends the session on the server, removes the drafts kept in this browser unless the user keeps them, then loads the sign-in
 * page afresh, so that nothing seen stays in the tab's memory. Throws when the server does not confirm; the session then still
 * stands, and so do the drafts.
 */
export async function signOut(): Promise<void> {
  const { csrfToken } = token.parse(await (await request('/api/auth/csrf', { cache: 'no-store' })).json());
  const answer = await request('/api/auth/signout', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl: SIGN_IN, json: 'true' }),
  });
  if (!answer.ok) throw new Error(`Signing out was answered with ${answer.status}.`);
  const page = pageSession();
  if (page) forgetDraftsUnlessKept(page.user.id);
  keepUndo(null);
  keepQueueSession(null);
  spreadNews('session', null);
  window.location.assign(SIGN_IN);
}
