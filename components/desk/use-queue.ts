'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { drawAhead, drawNext, leaveQueue } from './draw-next';
import { queueCaseHref } from './queue-session';

export interface QueueWalk {
  /** The view one works through; null when the case was not drawn from a queue. */
  view: string | null;
  /** Goes on to the next case. */
  next: () => Promise<void>;
  /** Ends the sitting and goes back to the queue's own page. */
  leave: () => void;
  /** Why there is no next one. */
  problem: string | null;
}

/**
 * Works through the queue case by case. While one is looked at, the next two are claimed and fetched ahead by `fetchAhead`, so
 * that the next is there when this one is decided.
 */
export function useQueue(fetchAhead: (id: number) => void): QueueWalk {
  const router = useRouter();
  const view = useSearchParams().get('queue');
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (view === null) return;
    void drawAhead(view, (id) => {
      fetchAhead(id);
      router.prefetch(queueCaseHref(id, view));
    });
  }, [view, fetchAhead, router]);
  const next = useCallback(async () => {
    if (view === null) return;
    const drawn = await drawNext(view);
    if (drawn.kind === 'case') router.push(queueCaseHref(drawn.id, view));
    else if (drawn.kind === 'empty') router.push(`/queue?${new URLSearchParams({ view, done: '1' })}`);
    else setProblem(drawn.message);
  }, [view, router]);
  const leave = useCallback(() => {
    leaveQueue();
    router.push(view === null ? '/queue' : `/queue?${new URLSearchParams({ view })}`);
  }, [view, router]);
  return { view, next, leave, problem };
}
