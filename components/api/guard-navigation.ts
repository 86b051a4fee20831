import { SESSION_REFUSED_HEADER } from '@/lib/domain/page-session';
import { checkSession, sessionHeaders } from './request';
import { whenRetried } from './unreached';

let guarded = false;

/**
 * Makes the framework's own requests for pages name the session of this page as well: Next sends them with `fetch` and
 * offers no place for a header. Where the server refuses one, the screen stays as it is, and the page is told who is signed
 * in now. Where no page comes, the screen stays as well and offers to try again: left alone, Next would hand the address to the
 * browser, whose error page takes everything typed with it. Requests of any other kind pass through untouched.
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
    const isAhead = headers.has('next-router-prefetch');
    let answer = await reached(send, isAhead);
    while (answer === null) {
      await whenRetried();
      answer = await reached(send, isAhead);
    }
    if (!answer.headers.has(SESSION_REFUSED_HEADER)) return answer;
    // A navigation that never arrives leaves the old screen, and everything typed on it, in place.
    return (await checkSession()) ? send() : new Promise<never>(() => {});
  };
}

/** Resolves to null when no page came: no connection, or a gateway in front of a console that is down. Of what is fetched ahead nobody hears. */
async function reached(send: () => Promise<Response>, isAhead: boolean): Promise<Response | null> {
  if (isAhead) return send();
  const answer = await send().catch((failure: unknown) => {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    return null;
  });
  const isGateway = answer !== null && answer.status >= 502 && answer.status <= 504;
  return isGateway ? null : answer;
}
