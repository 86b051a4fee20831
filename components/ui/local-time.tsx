'use client';

import { useSyncExternalStore } from 'react';
import { formatTime, type TimeStyle, timeHint } from './format-time';

const never = () => () => {};

/** A moment in the reader's own zone, UTC on hover. `at` is milliseconds since 1970. */
export function LocalTime({ at, style = 'short', fallback = 'unknown' }: { at: number | null; style?: TimeStyle; fallback?: string }) {
  // The server does not know the reader's zone: it renders UTC, the browser replaces it after hydration.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (at === null) return <span className="text-muted">{fallback}</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={timeHint(at, !inBrowser)}>
      {formatTime(at, style, !inBrowser)}
    </time>
  );
}
