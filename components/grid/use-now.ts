import { useEffect, useState } from 'react';

/** The time in milliseconds since 1970, renewed every `everyMs` and whenever `since` changes. */
export function useNow(everyMs: number, since: number): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Math.max(now, since);
}
