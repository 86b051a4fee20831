import { request } from '@/components/api/request';

const WRONG = 'E-mail or password is wrong. After five wrong tries an account rests for a while.';
/** While the log takes no events: every sign-in is one, so nobody can sign in. */
export const LOG_CLOSED =
  'Nobody can sign in at the moment: the database is older than the signed audit log, so nothing can be recorded. An administrator of the server has to declare the restore first.';
const FAILED = 'Signing in does not work right now. Try again shortly.';

/** Signs in and leaves for `landing`. Resolves to the sentence to show when refused, null when on the way. */
export async function signInWithPassword(email: string, password: string, landing: string): Promise<string | null> {
  const { answer, url } = await post('/api/auth/callback/credentials', { email, password, callbackUrl: landing });
  const error = url?.searchParams.get('error');
  if (error === 'CredentialsSignin') return WRONG;
  if (error === 'LogClosed') return LOG_CLOSED;
  if (!answer.ok || error || !url) return FAILED;
  window.location.assign(landing);
  return null;
}

/** Leaves for the provider of single sign-on, which leads back to `landing`. */
export async function startSingleSignOn(landing: string): Promise<string | null> {
  const { answer, url } = await post('/api/auth/signin/oidc', { callbackUrl: landing });
  if (!answer.ok || !url || url.searchParams.has('error')) return FAILED;
  window.location.assign(url);
  return null;
}

async function post(path: string, fields: Record<string, string>): Promise<{ answer: Response; url: URL | null }> {
  const { csrfToken } = await (await request('/api/auth/csrf', { cache: 'no-store' })).json();
  const answer = await request(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) });
  const body: unknown = await answer.json().catch(() => null);
  const address = typeof body === 'object' && body !== null && 'url' in body ? String(body.url) : '';
  return { answer, url: URL.canParse(address) ? new URL(address) : null };
}
