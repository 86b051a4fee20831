import { decode } from 'next-auth/jwt';
import { env } from '@/lib/env';

/** Whether people reach the console over TLS; cookies are then `Secure` and carry the prefix that says so. */
export function usesSecureCookies(): boolean {
  return env().NEXTAUTH_URL?.startsWith('https:') ?? false;
}

export function sessionCookieName(): string {
  return `${usesSecureCookies() ? '__Secure-' : ''}next-auth.session-token`;
}

/** The key of the session cookies. Throws an Error with one sentence when it is not set. */
export function cookieSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set; start the console with npm run up, which sets it.');
  return secret;
}

/** The session id a request's cookie holds; null without a cookie, or with one this console did not write or that is too old. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const token = readCookie(headers.get('cookie') ?? '', sessionCookieName());
  if (!token) return null;
  const content = await decode({ token, secret: cookieSecret() }).catch(() => null);
  return typeof content?.sid === 'string' ? content.sid : null;
}

function readCookie(header: string, name: string): string | null {
  const pair = header.split(/;\s*/).find((candidate) => candidate.startsWith(`${name}=`));
  return pair === undefined ? null : pair.slice(name.length + 1);
}
