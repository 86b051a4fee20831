'use client';

import { formatTime, isReadersClock, type TimeStyle, timeHint, zoneName } from './format-time';
import { useTimeZone } from './time-zone';
import { useInBrowser } from './use-in-browser';

/**
 * A moment by the organisation's clock, with the name of its zone where the reader's own clock shows another time; UTC on hover. `at` is
 * milliseconds since 1970.
 */
export function LocalTime({ at, style = 'short', fallback = 'unknown' }: { at: number | null; style?: TimeStyle; fallback?: string }) {
  const zone = useTimeZone();
  const inBrowser = useInBrowser();
  if (at === null) return <span className="text-muted">{fallback}</span>;
  const text = formatTime(at, inBrowser || style !== 'short' ? style : 'dated', zone);
  const named = inBrowser && style !== 'full' && !isReadersClock(at, zone);
  return (
    <time dateTime={new Date(at).toISOString()} title={inBrowser ? timeHint(at, zone) : undefined}>
      {named ? `${text} ${zoneName(at, zone)}` : text}
    </time>
  );
}
