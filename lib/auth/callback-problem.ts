import { sessionCookieName } from './session-cookie';

const FIELD = 'callbackUrl';
const LENGTH_MAX = 2_000;
/** Nobody is led there; it only completes a path for the parser. */
const HERE = 'http://console.invalid';

/** Where next-auth finds an address to lead to after signing in. */
type CallbackPlace = 'query' | 'body' | 'cookie';

/**
 * Resolves to the first place of a request that holds an address next-auth would fail at, null when all are well formed or absent. An
 * address of another site is well formed: next-auth leads to the console instead.
 */
export async function callbackProblem(request: Request): Promise<CallbackPlace | null> {
  if (!new URL(request.url).searchParams.getAll(FIELD).every(isAddress)) return 'query';
  if (request.method === 'POST' && !(await bodyValues(request)).every(isAddress)) return 'body';
  return cookieValues(request.headers.get('cookie') ?? '').every(isAddress) ? null : 'cookie';
}

/** Name of the cookie in which next-auth keeps the address. */
export function callbackCookieName(): string {
  return sessionCookieName().replace(/session-token$/, 'callback-url');
}

function isAddress(given: unknown): boolean {
  if (typeof given !== 'string' || given.length > LENGTH_MAX || /[\\\p{Cc}]/u.test(given)) return false;
  return URL.canParse(given, HERE) && /^https?:$/.test(new URL(given, HERE).protocol);
}

async function bodyValues(request: Request): Promise<unknown[]> {
  const text = await request
    .clone()
    .text()
    .catch(() => '');
  if (!request.headers.get('content-type')?.includes('json')) return new URLSearchParams(text).getAll(FIELD);
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && Object.hasOwn(body, FIELD) ? [Reflect.get(body, FIELD)] : [];
  } catch {
    return [];
  }
}

function cookieValues(header: string): unknown[] {
  const start = `${callbackCookieName()}=`;
  return header.split(/;\s*/).flatMap((pair) => (pair.startsWith(start) ? [decoded(pair.slice(start.length))] : []));
}

function decoded(text: string): unknown {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
