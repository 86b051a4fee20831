import * as z from 'zod/mini';
import { ask, send } from '../api/client';
import { tabHeaders } from '../api/tab';
import { type ClaimedAhead, DEFAULT_VIEW, keepQueueSession, readQueueSession } from './queue-session';

const drawn = z.object({ verificationId: z.nullable(z.int()), claim: z.nullable(z.object({ expiresAt: z.number() })) });

/** What a draw came to: a case now claimed by the viewer, an empty queue, or why nothing could be drawn. */
export type Draw = { kind: 'case'; id: number; until: number } | { kind: 'empty' } | { kind: 'refused'; message: string };

/** How many cases are claimed and fetched ahead, so that the next one is there when the last is decided. */
const AHEAD = 2;
const NEXT_ADVICE = 'Get the next case again; one that was claimed for you without an answer returns to the queue when its claim expires.';
/** A claim that goes on this long is not asked for again before its case is shown: the case does that as it opens. */
const SURE_MS = 60_000;

/** The next case of the sitting: one that was claimed ahead, else one drawn now. */
export async function drawNext(view: string): Promise<Draw> {
  const [first, ...rest] = readQueueSession()?.ahead ?? [];
  if (first !== undefined) {
    keepQueueSession({ view, ahead: rest });
    if (first.until - Date.now() > SURE_MS) return { kind: 'case', ...first };
    const held = await send('PUT', `/api/verifications/${first.id}/claim`, { body: {}, headers: tabHeaders() });
    return held.ok ? { kind: 'case', ...first } : drawNext(view);
  }
  return draw(view);
}

export type FetchAhead = (id: number, isNext: boolean) => unknown;

let filling: Promise<void> = Promise.resolve();

/**
 * Claims the cases that come next, up to two, and tells each so that it can be fetched ahead; `isNext` says that it is the very next
 * one. Who asks while it is done for the case before waits for that: two at once would claim too many.
 */
export function drawAhead(view: string, fetchAhead: FetchAhead): Promise<void> {
  sitDown(view);
  filling = filling.then(() => fill(view, fetchAhead));
  return filling;
}

async function fill(view: string, fetchAhead: FetchAhead): Promise<void> {
  for (;;) {
    const session = readQueueSession();
    if (session?.view !== view) return;
    for (const [place, { id }] of session.ahead.entries()) fetchAhead(id, place === 0);
    if (session.ahead.length >= AHEAD) return;
    const next = await draw(view);
    if (next.kind !== 'case') return;
    const now = readQueueSession();
    // The sitting ended meanwhile: what was drawn for it goes back.
    if (now?.view !== view) return void send('DELETE', `/api/verifications/${next.id}/claim`, { headers: tabHeaders() });
    keepQueueSession({ view, ahead: [...now.ahead, { id: next.id, until: next.until } satisfies ClaimedAhead] });
  }
}

/** Begins a sitting under a view, or goes on with the one there is; another one ends with what was claimed ahead for it. */
export function sitDown(view: string): void {
  if (readQueueSession()?.view === view) return;
  leaveQueue();
  keepQueueSession({ view, ahead: [] });
}

/** Gives back what was claimed ahead; the sitting goes on. */
export function releaseAhead(): void {
  const session = readQueueSession();
  if (!session) return;
  keepQueueSession({ ...session, ahead: [] });
  for (const { id } of session.ahead) void send('DELETE', `/api/verifications/${id}/claim`, { keepalive: true, headers: tabHeaders() });
}

/** Ends the sitting: what was claimed ahead goes back to the queue at once. */
export function leaveQueue(): void {
  releaseAhead();
  keepQueueSession(null);
}

async function draw(view: string): Promise<Draw> {
  const body = view === DEFAULT_VIEW ? {} : { viewId: view };
  const result = await ask('POST', '/api/queue/next', drawn, { body, headers: tabHeaders(), advice: NEXT_ADVICE });
  if (!result.ok) return { kind: 'refused', message: result.message };
  const { verificationId: id, claim } = result.value;
  return id === null ? { kind: 'empty' } : { kind: 'case', id, until: claim?.expiresAt ?? 0 };
}
