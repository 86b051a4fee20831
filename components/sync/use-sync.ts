import { useEffect, useState, useSyncExternalStore } from 'react';
import { latestSync, onSync, type SyncWire } from './sync-store';

const none = () => null;

/** The newest status of the record index: the one the page was rendered with until a later one comes. */
export function useSync(initial: SyncWire): SyncWire {
  const latest = useSyncExternalStore(onSync, latestSync, none);
  return latest !== null && latest.at >= initial.at ? latest : initial;
}

/**
 * The server's clock, renewed every `everyMs`: it goes on from `at`, so that an age is right from the first paint and by a browser whose
 * own clock is wrong.
 */
export function useServerClock(at: number, everyMs: number): number {
  const [passed, setPassed] = useState({ at, ms: 0 });
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setPassed({ at, ms: performance.now() - began }), everyMs);
    return () => clearInterval(timer);
  }, [at, everyMs]);
  return at + (passed.at === at ? passed.ms : 0);
}
