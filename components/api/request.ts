import * as z from 'zod/mini';
import { SESSION_HEADER, SESSION_PARAM, signedInNow } from '@/lib/domain/page-session';
import { noteAccepted, noteSignedIn, noteSignedOut, pageSession, sessionLoss } from './page-session';

const text = z.optional(z.string());
const refusal = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: text, requestId: text, details: z.optional(z.unknown()) }),
});

/** Why the server did not do what was asked, in its own words. */
export type ServerRefusal = z.infer<typeof refusal>['error'];

/**
 * The one way of this console's pages to its API: `fetch` under the session the page was rendered for. A request refused
 * because the same person has signed in again goes out once more under the new session; any other change of session is
 * noted, and the answer returned as it came. Throws what `fetch` throws.
 */
export async function request(address: string, init: RequestInit = {}): Promise<Response> {
  const answer = await send(address, init);
  if (!mayRefuseSession(answer.status)) return answer;
  return settle(await answer.clone().text()) ? send(address, init) : answer;
}

/** Headers that name the session of this page; for what cannot be sent by `request`. */
export function sessionHeaders(): Record<string, string> {
  const page = pageSession();
  return page ? { [SESSION_HEADER]: page.mark } : {};
}

/** The same address, naming the session of this page: for pictures, clips and downloads, whose requests carry no headers of ours. */
export function markedUrl(address: string): string {
  const page = pageSession();
  return page ? `${address}${address.includes('?') ? '&' : '?'}${SESSION_PARAM}=${page.mark}` : address;
}

export const mayRefuseSession = (status: number): boolean => status === 401 || status === 409;

/** Reads a refusal for what it says about the session. Returns true when the request is worth sending again. */
export function settle(body: string): boolean {
  const refused = refusalIn(parseJson(body));
  if (refused?.code === 'not-signed-in') noteSignedOut();
  const now = refused?.code === 'other-session' ? signedInNow.safeParse(refused.details) : null;
  return now?.success === true && noteSignedIn(now.data);
}

/** The refusal an answer holds, null for anything else. */
export function refusalIn(body: unknown): ServerRefusal | null {
  return refusal.safeParse(body).data?.error ?? null;
}

/** What a text holds as JSON; undefined when it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

let asking: Promise<boolean> | null = null;

/** Resolves to false when this page has lost its session, asking the server; a server that cannot be reached changes nothing. */
export function checkSession(): Promise<boolean> {
  asking ??= request('/api/me', { cache: 'no-store' })
    .then(({ ok }) => ok && noteAccepted())
    .catch(() => undefined)
    .then(() => {
      asking = null;
      return sessionLoss() === null;
    });
  return asking;
}

function send(address: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(sessionHeaders())) headers.set(name, value);
  return fetch(address, { ...init, headers });
}
