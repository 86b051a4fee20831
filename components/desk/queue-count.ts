import * as z from 'zod/mini';
import { ask } from '../review/post';
import { DEFAULT_VIEW } from './queue-session';

const answered = z.object({
  queue: z.object({
    waiting: z.int(),
    capped: z.boolean(),
    assigned: z.int(),
    overdue: z.int(),
    passedOn: z.int(),
    oldestAt: z.nullable(z.number()),
    slaHours: z.int(),
  }),
});

/** What waits under a view, as `GET /api/queue` counts it; times in milliseconds since 1970. */
export type QueueCount = z.infer<typeof answered>['queue'];

/** Counts a queue, or says in one sentence why it cannot be counted. */
export async function countQueue(view: string): Promise<{ count: QueueCount } | { problem: string }> {
  const result = await ask('GET', view === DEFAULT_VIEW ? '/api/queue' : `/api/queue?viewId=${view}`, answered);
  return result.ok ? { count: result.value.queue } : { problem: result.message };
}

/** "1,000+" where more wait than were counted. */
export function waitingText({ waiting, capped }: Pick<QueueCount, 'waiting' | 'capped'>): string {
  return `${waiting.toLocaleString('en-GB')}${capped ? '+' : ''}`;
}
