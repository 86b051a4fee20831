import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';

/** Frames one session may ask for in a minute, at one console. */
const FRAMES_A_MINUTE = 60;
const MINUTE_MS = 60_000;
/** Frames taken at the same time: each takes a processor. */
const AT_ONCE = 2;
const WAITING_MAX = 8;
const SESSIONS_MAX = 10_000;

const asked = new Map<string, number[]>();
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Runs `work` when it is its turn: a few at once, the others wait. Throws a Refusal `too-many-attempts` when a session asks for more than
 * 60 frames a minute, or too many wait already.
 */
export async function inTurn<Result>(actor: Actor, work: () => Promise<Result>, now = Date.now()): Promise<Result> {
  countAsked(actor.sessionId ?? actor.id, now);
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_MAX)
      throw new Refusal('too-many-attempts', 'Too many frames are being taken now. Try again in a few seconds.', { retryAfter: 3 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function countAsked(session: string, now: number): void {
  const recent = (asked.get(session) ?? []).filter((at) => now - at < MINUTE_MS);
  const [first] = recent;
  if (recent.length >= FRAMES_A_MINUTE && first !== undefined) {
    const retryAfter = Math.ceil((first + MINUTE_MS - now) / 1000);
    throw new Refusal('too-many-attempts', `You asked for ${FRAMES_A_MINUTE} frames within a minute. Try again in ${retryAfter} s.`, {
      retryAfter,
    });
  }
  asked.delete(session);
  asked.set(session, [...recent, now]);
  const [oldest] = asked.keys();
  if (asked.size > SESSIONS_MAX && oldest !== undefined) asked.delete(oldest);
}
