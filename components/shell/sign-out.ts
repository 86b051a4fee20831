const SIGN_IN = '/sign-in';

/**
 * Ends the session on the server, then loads the sign-in page afresh, so that nothing seen stays in the tab's memory.
 * Throws when the server does not answer; the session then still stands.
 */
export async function signOut(): Promise<void> {
  const csrfToken = await readCsrfToken();
  const answer = await fetch('/api/auth/signout', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl: SIGN_IN, json: 'true' }),
  });
  if (!answer.ok) throw new Error(`Signing out was answered with ${answer.status}.`);
  window.location.assign(SIGN_IN);
}

async function readCsrfToken(): Promise<string> {
  const answer = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const body: unknown = await answer.json();
  if (typeof body === 'object' && body !== null && 'csrfToken' in body && typeof body.csrfToken === 'string') return body.csrfToken;
  throw new Error('The server sent no token to sign out with.');
}
