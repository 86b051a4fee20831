import { addDays, dayOf } from '@/lib/domain/calendar-day';

/** `dated` is `short` without the words that depend on the present moment. */
export type TimeStyle = 'short' | 'dated' | 'full' | 'clock';

/** "today 13:20", "yesterday 13:20", "12 Nov 13:20", "12 Nov 2025 13:20", as the clocks of a zone show it; `full` adds seconds and zone. */
export function formatTime(at: number, style: TimeStyle, timeZone: string, now = Date.now()): string {
  if (style === 'full') return part(at, { dateStyle: 'medium', timeStyle: 'long', timeZone });
  const clock = part(at, { hour: '2-digit', minute: '2-digit', timeZone });
  if (style === 'clock') return clock;
  const word = style === 'short' ? wordFor(at, timeZone, now) : null;
  if (word) return `${word} ${clock}`;
  const sameYear = part(at, { year: 'numeric', timeZone }) === part(now, { year: 'numeric', timeZone });
  return `${part(at, { day: 'numeric', month: 'short', year: sameYear ? undefined : 'numeric', timeZone })} ${clock}`;
}

/** What pointing at a moment tells: to the second with its zone, in UTC, and by the reader's own clock where that is another. */
export function timeHint(at: number, timeZone: string): string {
  const own = isReadersClock(at, timeZone) ? [] : [`your clock: ${part(at, { dateStyle: 'medium', timeStyle: 'long' })}`];
  const inUtc = timeZone === 'UTC' ? [] : [formatUtc(at)];
  return [formatTime(at, 'full', timeZone), ...inUtc, ...own].join(' · ');
}

/** Resolves to true where the clocks of a zone and the reader's own show the same at a moment. */
export function isReadersClock(at: number, timeZone: string): boolean {
  const styles = { dateStyle: 'short', timeStyle: 'short' } as const;
  return part(at, { ...styles, timeZone }) === part(at, styles);
}

/** Returns the short name of a zone at a moment, such as CET or GMT+5:45. */
export function zoneName(at: number, timeZone: string): string {
  return part(at, { hour: '2-digit', timeZoneName: 'short', timeZone }).replace(/^\d+\s*/, '');
}

/** Returns a day with its weekday, such as "Tue 1 Dec". */
export function weekdayText(at: number, timeZone: string): string {
  return part(at, { weekday: 'short', day: 'numeric', month: 'short', timeZone }).replace(',', '');
}

/** ISO text in UTC, to the second. */
function formatUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const DAY_MS = 86_400_000;

// Only what lies within two days needs to be looked at.
function wordFor(at: number, timeZone: string, now: number): string | null {
  if (Math.abs(now - at) > 2 * DAY_MS) return null;
  const [day, present] = [dayOf(at, timeZone), dayOf(now, timeZone)];
  return day === present ? 'today' : day === addDays(present, -1) ? 'yesterday' : null;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function part(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', options);
  formatters.set(key, formatter);
  return formatter.format(at);
}
