'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { leaveQueue, releaseAhead } from './draw-next';
import { readQueueSession } from './queue-session';

/** Ends the sitting at the queue wherever one goes that is no case of it: what was claimed ahead goes back to the others at once. */
export function LeaveQueue() {
  const pathname = usePathname();
  const inQueue = useSearchParams().has('queue');
  useEffect(() => {
    if (!inQueue && pathname !== '/queue' && readQueueSession()) leaveQueue();
  }, [pathname, inQueue]);
  // A tab that is closed or reloaded: the sitting goes on if it comes back, with other cases ahead.
  useEffect(() => {
    window.addEventListener('pagehide', releaseAhead);
    return () => window.removeEventListener('pagehide', releaseAhead);
  }, []);
  return null;
}
