import * as z from 'zod/mini';
import { HOUSE_QUEUE } from '@/lib/domain/desk-input';

const KEY = 'second-look/queue';
const claimedAhead = z.object({ id: z.int(), until: z.number() });
const session = z.object({ view: z.string(), ahead: z.array(claimedAhead) });

/** A case that is claimed before it is looked at, until a moment in milliseconds since 1970. */
export type ClaimedAhead = z.infer<typeof claimedAhead>;

/** One sitting at the queue in this tab: under which view, and the cases already claimed for what comes next. */
export type QueueSession = z.infer<typeof session>;

/** The default queue of the house: failures, oldest first. */
export const DEFAULT_VIEW = HOUSE_QUEUE;

/** What this tab is working through, null when it is not at the queue. */
export function readQueueSession(): QueueSession | null {
  try {
    const parsed = session.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function keepQueueSession(next: QueueSession | null): void {
  try {
    if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without it the queue still works, one draw at a time.
  }
}

/** The address of a case while one works through the queue. */
export function queueCaseHref(id: number, view: string): string {
  return `/verifications/${id}?${new URLSearchParams({ queue: view })}`;
}
