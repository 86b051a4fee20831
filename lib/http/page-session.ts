import { sessionMark } from '@/lib/auth/session-mark';
import { type Actor, isProgram } from '@/lib/domain/actor';
import { SESSION_HEADER, SESSION_PARAM, type SignedInNow } from '@/lib/domain/page-session';
import { Refusal } from '@/lib/domain/refusal';

/**
 * Throws a Refusal `other-session` when a request names a session other than the one its cookie stands for: another person
 * has signed in in the browser since the page was rendered, or the role has changed. Its details are `SignedInNow`.
 * A request that names no session comes from a program and is judged by its cookie alone.
 */
export function requirePageSession(request: Pick<Request, 'headers' | 'url'>, actor: Actor): void {
  const named = request.headers.get(SESSION_HEADER) ?? new URL(request.url).searchParams.get(SESSION_PARAM);
  const mark = sessionMark(actor);
  if (named === null || named === mark || isProgram(actor.role)) return;
  const { id, name, role } = actor;
  const details: SignedInNow = { mark, user: { id, name, role } };
  throw new Refusal(
    'other-session',
    `This page belongs to another session: ${name} (${role}) is signed in now. Nothing was stored or read. Reload the page to continue as ${name}.`,
    { details: { ...details } },
  );
}
