'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { whenQuiet } from '../ui/when-quiet';
import { drawAhead, drawNext, leaveQueue } from './draw-next';
import { goToCase } from './go-to-case';
import { queueCaseHref } from './queue-session';

export interface QueueWalk {
  /** The view one works through; null when the case was not drawn from a queue. */
  view: string | null;
  /** Addresses of the cases that come next, once their pictures are here: their pages are to be fetched ahead as well. */
  ahead: string[];
  /** Goes on to the next case, or to where it says that there is none; answers false when it cannot, or is at no queue. */
  next: () => Promise<boolean>;
  /** Ends the sitting and goes back to the queue's own page. */
  leave: () => void;
  /** Why there is no next one. */
  problem: string | null;
}

/** Fetches a case's pictures into memory, and ends when they came or could not; those of the very next one are decoded as well. */
export type FetchAhead = (id: number, isNext: boolean) => Promise<void>;

/**
 * Works through the queue case by case. While one is looked at, the next two are claimed and fetched ahead, first their pictures by
 * `fetchAhead`, which ends when they came or could not, then their pages: whoever asks for those earlier is told that nobody has
 * seen the files yet.
 */
export function useQueue(fetchAhead: FetchAhead): QueueWalk {
  const router = useRouter();
  const view = useSearchParams().get('queue');
  const [ahead, setAhead] = useState<string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (view === null) return;
    let gone = false;
    const give = async (id: number, isNext: boolean) => {
      await fetchAhead(id, isNext);
      const href = queueCaseHref(id, view);
      if (!gone) setAhead((now) => (now.includes(href) ? now : [...now, href]));
    };
    const forget = whenQuiet(() => void drawAhead(view, give));
    return () => {
      gone = true;
      forget();
    };
  }, [view, fetchAhead]);
  const next = useCallback(async () => {
    if (view === null) return false;
    const drawn = await drawNext(view);
    if (drawn.kind === 'case') await goToCase(router, queueCaseHref(drawn.id, view));
    else if (drawn.kind === 'empty') router.push(`/queue?${new URLSearchParams({ view, done: '1' })}`);
    else setProblem(drawn.message);
    return drawn.kind !== 'refused';
  }, [view, router]);
  const leave = useCallback(() => {
    leaveQueue();
    router.push(view === null ? '/queue' : `/queue?${new URLSearchParams({ view })}`);
  }, [view, router]);
  return { view, ahead, next, leave, problem };
}
