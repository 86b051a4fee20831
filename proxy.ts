import { type NextRequest, NextResponse } from 'next/server';
import { PATH_HEADER } from '@/lib/auth/callback-path';
import { databaseAnswers } from '@/lib/auth/database-answers';
import { sessionIdOf } from '@/lib/auth/session-cookie';
import { isMarkOf } from '@/lib/auth/session-mark';
import { SESSION_HEADER, SESSION_REFUSED_HEADER } from '@/lib/domain/page-session';
import { databaseDownPage } from '@/lib/http/database-down';

/**
 * Gives every page its Content-Security-Policy with a nonce of its own, and tells it its path. It decides nothing about
 * access: each page and route checks its own actor. A part of a page is refused to a tab that belongs to another session,
 * before anything is read for it. Without a database every page is a 503 that says so.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  if (await belongsToAnotherSession(request.headers))
    return new NextResponse(null, { status: 409, headers: { [SESSION_REFUSED_HEADER]: '1', 'cache-control': 'private, no-store' } });
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  if (!(await databaseAnswers())) {
    const down = databaseDownPage(nonce);
    down.headers.set('content-security-policy', policy);
    return down;
  }
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set(PATH_HEADER, pathOf(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  return response;
}

// Only the requests a page sends to go on carry a mark; an address opened anew belongs to whoever is signed in now.
async function belongsToAnotherSession(headers: Headers): Promise<boolean> {
  const mark = headers.get(SESSION_HEADER);
  if (mark === null) return false;
  const sessionId = await sessionIdOf(headers);
  return sessionId === null || !isMarkOf(mark, sessionId);
}

// Pages only: a route matched here has its body held back and cut at 10 MB.
export const config = { matcher: ['/((?!api/|_next/|icon|apple-icon|favicon|robots.txt|manifest).*)'] };

function contentSecurityPolicy(nonce: string, development: boolean): string {
  const policy: Record<string, string> = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The reloading of styles while developing writes them without a nonce.
    'style-src': development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'worker-src': "'self' blob:",
    'object-src': "'none'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
  };
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

function pathOf({ nextUrl }: NextRequest): string {
  const params = new URLSearchParams(nextUrl.searchParams);
  params.delete('_rsc');
  return params.size > 0 ? `${nextUrl.pathname}?${params}` : nextUrl.pathname;
}
