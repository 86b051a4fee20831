import type { Actor, Origin } from '@/lib/domain/actor';

const TEXT_MAX = 300;

/**
 * Where a request came from. Of several addresses in `X-Forwarded-For` the last counts: it is the one the nearest proxy
 * saw. Without a proxy in front a client can write that header itself, so nothing is granted because of an address.
 */
export function originOf(headers: Headers, requestId: string): Origin {
  const ip = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return { requestId, ip: plain(ip) || null, userAgent: plain(headers.get('user-agent')) || null };
}

/** Somebody nobody knows yet: who is refused a sign-in. */
export function visitor(origin: Origin): Actor {
  return { id: 'visitor', name: 'Visitor', email: '', role: 'system', sessionId: null, origin };
}

/** Text from outside as it may be stored: without control characters, well formed, and of bounded length. */
export function plain(text: string | null | undefined): string {
  return (text ?? '')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .slice(0, TEXT_MAX)
    .replace(/\p{Cs}/gu, '');
}
