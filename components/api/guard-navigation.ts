import { SESSION_REFUSED_HEADER } from '@/lib/domain/page-session';
import { checkSession, sessionHeaders } from './request';

let guarded = false;

/**
 * Makes the framework's own requests for pages name the session of this page as well: Next sends them with `fetch` and
 * offers no place for a header. Where the server refuses one, the screen stays as it is, and the page is told who is signed
 * in now. Requests of any other kind pass through untouched.
 */
export function guardNavigation(): void {
  if (guarded) return;
  guarded = true;
  const original = window.fetch;
  window.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (!headers.has('rsc')) return original(input, init);
    const send = () => {
      for (const [name, value] of Object.entries(sessionHeaders())) headers.set(name, value);
      return original(input, { ...init, headers });
    };
    const answer = await send();
    if (!answer.headers.has(SESSION_REFUSED_HEADER)) return answer;
    // A navigation that never arrives leaves the old screen, and everything typed on it, in place.
    return (await checkSession()) ? send() : new Promise<never>(() => {});
  };
}
