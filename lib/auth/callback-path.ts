/** Where people land after signing in when nothing else was asked for; every role may see it. */
export const LANDING_PATH = '/verifications';

/** Request header in which `proxy.ts` tells a page its own path and query. It leads somebody back, it grants nothing. */
export const PATH_HEADER = 'x-second-look-path';

/** A path of this console, or the landing page for anything that could lead elsewhere or back to signing in. */
export function callbackPath(given: string | null | undefined): string {
  if (!given?.startsWith('/') || /[\\\p{Cc}]/u.test(given)) return LANDING_PATH;
  const here = 'http://console.invalid';
  const url = URL.canParse(given, here) ? new URL(given, here) : null;
  // Looked at once read: `/.//elsewhere` is a path here, but reads `//elsewhere` afterwards.
  if (url?.origin !== here || url.pathname.startsWith('//') || /^\/(sign-in|change-password|api)(\/|$)/.test(url.pathname))
    return LANDING_PATH;
  return url.pathname + url.search + url.hash;
}

/** The page on which a password is changed, and which leads to `path` afterwards. */
export function passwordPath(path: string): string {
  return path === LANDING_PATH ? '/change-password' : `/change-password?${new URLSearchParams({ callbackUrl: path })}`;
}

/** The sign-in page that leads to `path` afterwards. */
export function signInPath(path: string): string {
  return path === LANDING_PATH ? '/sign-in' : `/sign-in?${new URLSearchParams({ callbackUrl: path })}`;
}
