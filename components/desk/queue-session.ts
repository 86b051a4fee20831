import * as z from 'zod/mini';
import { HOUSE_QUEUE } from '@/lib/domain/desk-input';
import { pageSession } from '../api/page-session';
import { tabId } from '../api/tab';

const KEY = 'second-look/queue';
const claimedAhead = z.object({ id: z.int(), until: z.number() });
/** A duplicated tab copies the storage, and the next user of the tab finds it: what is kept names its page and its user. */
const stored = z.object({ view: z.string(), ahead: z.array(claimedAhead), userId: z.nullable(z.string()), tab: z.string() });

/** A case that is claimed before it is looked at, until a moment in milliseconds since 1970. */
export type ClaimedAhead = z.infer<typeof claimedAhead>;

/** One sitting at the queue in this tab: under which view, and the cases already claimed for what comes next. */
export type QueueSession = Pick<z.infer<typeof stored>, 'view' | 'ahead'>;

/** The default queue of the house: failures, oldest first. */
export const DEFAULT_VIEW = HOUSE_QUEUE;

/** What this tab is working through, null when it is not at the queue. */
export function readQueueSession(): QueueSession | null {
  try {
    const parsed = stored.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    if (!parsed.success || parsed.data.userId !== viewerId()) return null;
    const { view, ahead, tab } = parsed.data;
    // What another page claimed ahead is that page's to show and to give back.
    return { view, ahead: tab === tabId() ? ahead : [] };
  } catch {
    return null;
  }
}

export function keepQueueSession(next: QueueSession | null): void {
  try {
    if (next) sessionStorage.setItem(KEY, JSON.stringify({ ...next, userId: viewerId(), tab: tabId() }));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without it the queue still works, one draw at a time.
  }
}

const viewerId = () => pageSession()?.user.id ?? null;

/** The address of a case while one works through the queue. */
export function queueCaseHref(id: number, view: string): string {
  return `/verifications/${id}?${new URLSearchParams({ queue: view })}`;
}
