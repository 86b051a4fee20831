export type TimeStyle = 'short' | 'full' | 'clock';

const DAY_MS = 86_400_000;

/** "13:20 today", "13:20 yesterday", "12 Nov 13:20", "12 Nov 2025 13:20"; `full` adds seconds and zone. */
export function formatTime(at: number, style: TimeStyle, utc: boolean, now = Date.now()): string {
  const timeZone = utc ? 'UTC' : undefined;
  if (style === 'clock') return part(at, { hour: '2-digit', minute: '2-digit', timeZone });
  if (style === 'full') return part(at, { dateStyle: 'medium', timeStyle: 'long', timeZone });
  const clock = part(at, { hour: '2-digit', minute: '2-digit', timeZone });
  const day = (moment: number) => part(moment, { dateStyle: 'short', timeZone });
  if (!utc && day(at) === day(now)) return `today ${clock}`;
  if (!utc && day(at) === day(now - DAY_MS)) return `yesterday ${clock}`;
  const sameYear = part(at, { year: 'numeric', timeZone }) === part(now, { year: 'numeric', timeZone });
  return `${part(at, { day: 'numeric', month: 'short', year: sameYear ? undefined : 'numeric', timeZone })} ${clock}`;
}

/** ISO text in UTC, to the second. */
function formatUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** What pointing at a moment tells: to the second with its zone, and in UTC. */
export function timeHint(at: number, utc: boolean): string {
  return `${formatTime(at, 'full', utc)} · ${formatUtc(at)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function part(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', options);
  formatters.set(key, formatter);
  return formatter.format(at);
}
