import type { SignedInNow } from '@/lib/domain/page-session';

/** The session this page was rendered for. */
export type PageSession = SignedInNow;

/** Why this page can go on no longer: nobody is signed in, or somebody else, or the same person under another role. */
export type Loss = { kind: 'signed-out' } | { kind: 'other'; now: SignedInNow };

let page: PageSession | null = null;
/** As rendered; since then the same person may have signed in again. */
let bound: string | null = null;
let loss: Loss | null = null;
const listeners = new Set<() => void>();

/**
 * Names the session of this page, before anything of it sends a request. Does nothing on the server, which renders for many,
 * nor for a second person: a page belongs to one.
 */
export function bindPage(session: PageSession): void {
  if (typeof window === 'undefined' || bound === session.mark || (page && page.user.id !== session.user.id)) return;
  bound = session.mark;
  page = session;
  loss = null;
}

export function pageSession(): PageSession | null {
  return page;
}

export function sessionLoss(): Loss | null {
  return loss;
}

/** Calls `listener` whenever the session of this page is lost, found again, or renewed. Returns the function that stops that. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Takes note of who is signed in now. The same person under the same role has merely signed in again: the page goes on
 * under the new session, and the result is true. For everybody else the page is lost.
 */
export function noteSignedIn(now: SignedInNow): boolean {
  const same = page !== null && page.user.id === now.user.id && page.user.role === now.user.role;
  if (same) {
    page = now;
    change(null);
  } else change({ kind: 'other', now });
  return same;
}

/** Takes note that nobody is signed in any more. */
export function noteSignedOut(): void {
  if (page) change({ kind: 'signed-out' });
}

/** Takes note that the server accepts this page. */
export function noteAccepted(): void {
  if (loss) change(null);
}

function change(next: Loss | null): void {
  loss = next;
  for (const listener of listeners) listener();
}
