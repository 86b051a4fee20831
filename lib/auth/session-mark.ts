import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/domain/actor';

const HEX_DIGITS = 24;

/**
 * Returns the mark of an actor's session: what a page carries to name the session it was rendered for. It is no secret and
 * opens nothing, the session's id cannot be found from it, and it is another one once the role has changed.
 */
export function sessionMark({ sessionId, role }: Pick<Actor, 'sessionId' | 'role'>): string {
  return `${sessionPart(sessionId ?? '')}.${role}`;
}

/** Resolves to true when a mark names this session, whatever the role was. */
export function isMarkOf(mark: string, sessionId: string): boolean {
  return mark.split('.', 1)[0] === sessionPart(sessionId);
}

function sessionPart(sessionId: string): string {
  return createHash('sha256').update(`second-look/session\0${sessionId}`).digest('hex').slice(0, HEX_DIGITS);
}
