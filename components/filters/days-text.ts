import { isTimeZone, parseDay } from '@/lib/domain/calendar-day';
import { type DaySpan, daysBack } from '@/lib/domain/day-span';

/** "today", "yesterday", "6 days ago". */
export function countedText(back: number): string {
  if (back === 0) return 'today';
  return back === 1 ? 'yesterday' : `${back} days ago`;
}

/**
 * "last 7 days", "today", "1 Feb 2026 to 3 Feb 2026", "since 1 Feb 2026", "until yesterday", and whose days they are; null when both ends
 * are open.
 */
export function daysText({ from, to }: DaySpan, zone: string): string | null {
  const text = spanText(from, to, zone);
  return text && `${text} (${zone})`;
}

function spanText(from: string | null, to: string | null, zone: string): string | null {
  const back = from === null ? null : daysBack(from);
  if (back !== null && to === null) return back === 0 ? 'today' : `last ${back + 1} days`;
  if (from !== null && to !== null) return from === to ? momentText(from, zone) : `${momentText(from, zone)} to ${momentText(to, zone)}`;
  if (from !== null) return `since ${momentText(from, zone)}`;
  return to === null ? null : `until ${momentText(to, zone)}`;
}

function momentText(text: string, zone: string): string {
  const back = daysBack(text);
  if (back !== null) return countedText(back);
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const day = parseDay(text);
  if (day !== null) return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { ...date, timeZone: 'UTC' });
  const at = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  return new Date(at).toLocaleString('en-GB', { ...date, hour: '2-digit', minute: '2-digit', timeZone });
}
