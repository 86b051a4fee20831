import { Refusal } from '@/lib/domain/refusal';
import { env } from '@/lib/env';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that another site makes a browser send. Browsers say where a request comes from in `Sec-Fetch-Site` or
 * `Origin`; what sends neither is no browser, and no other site can make it send a cookie.
 */
export function refuseForeignOrigin({ method, headers }: Pick<Request, 'method' | 'headers'>): void {
  if (SAFE_METHODS.has(method)) return;
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw foreign();
  const origin = headers.get('origin');
  if (origin !== null && !ownHosts(headers).includes(hostOf(origin))) throw foreign();
}

const foreign = () => new Refusal('forbidden', 'This request came from another site.');

// Behind a proxy the Host header may be the inner one; the configured address counts as well.
function ownHosts(headers: Headers): (string | null)[] {
  const { NEXTAUTH_URL } = env();
  return [headers.get('host'), NEXTAUTH_URL ? new URL(NEXTAUTH_URL).host : null].filter((host) => host !== null);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
