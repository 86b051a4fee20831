/** A day of the Gregorian calendar in the years 1 to 9999, as `2026-01-31`. */
export type CalendarDay = string;

/** Whose days count (an IANA time zone), and the present moment in milliseconds since 1970. */
export interface Calendar {
  zone: string;
  now: number;
}

/** The span of a day in milliseconds since 1970; `before` is the first moment of the next one. */
export interface DayBounds {
  from: number;
  before: number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ZONE = /^[A-Za-z][A-Za-z0-9_+\-/]*$/;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Further than any zone ever was from UTC. */
const FURTHEST_MS = 16 * 3_600_000;

/** Resolves to true for the name of a time zone this machine knows. An offset is no zone: it says nothing about summer. */
export function isTimeZone(name: string): boolean {
  try {
    return ZONE.test(name) && formatterOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** Reads a day; null for anything else, also for a day no calendar has. */
export function parseDay(text: string): CalendarDay | null {
  const at = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && !text.startsWith('0000') && dayNamed(at / DAY_MS) === text ? text : null;
}

/** Returns the day so many days later, or earlier for a negative number. */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  return dayNamed(numberOf(day) + days);
}

/** Returns 0 for a Sunday to 6 for a Saturday. */
export function weekdayOf(day: CalendarDay): number {
  return new Date(midnight(numberOf(day))).getUTCDay();
}

/**
 * Returns the span of a day in a zone: 23 or 25 hours long where the clock changes, and empty for a day the zone skipped. A day begins
 * with its first moment, so that every moment lies in exactly one day, also where the clock goes back over midnight.
 */
export function dayBounds(day: CalendarDay, zone: string): DayBounds {
  const number = numberOf(day);
  return { from: startOf(number, zone), before: startOf(number + 1, zone) };
}

/** Returns the day a moment lies in. */
export function dayOf(at: number, zone: string): CalendarDay {
  const number = Math.floor(onTheWall(at, zone) / DAY_MS);
  // Where the clock goes back over midnight the new day has begun already.
  return dayNamed(at >= startOf(number + 1, zone) ? number + 1 : number);
}

/** Returns the present day. */
export function today({ zone, now }: Calendar): CalendarDay {
  return dayOf(now, zone);
}

/**
 * Returns the moment the clocks of a zone first show a time of a day, in minutes after midnight. Where they skip that time, it is the
 * moment they skip it.
 */
export function momentOn(day: CalendarDay, minutes: number, zone: string): number {
  return firstShowing(midnight(numberOf(day)) + minutes * MINUTE_MS, zone);
}

const midnight = (number: number) => number * DAY_MS;
const numberOf = (day: CalendarDay) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayNamed = (number: number) => new Date(midnight(number)).toISOString().slice(0, -'T00:00:00.000Z'.length);
const startOf = (number: number, zone: string) => firstShowing(midnight(number), zone);

// A time on the wall is counted as if it were UTC.
function firstShowing(wall: number, zone: string): number {
  const [low, high] = [wall - FURTHEST_MS, wall + FURTHEST_MS];
  const [before, after] = [offsetAt(low, zone), offsetAt(high, zone)];
  if (before === after) return wall - before;
  const change = changeBetween(low, high, before, zone);
  if (wall - before < change) return wall - before;
  return Math.max(wall - after, change);
}

/** The first moment in a span at which the zone no longer has the offset it began with. */
function changeBetween(low: number, high: number, before: number, zone: string): number {
  let [still, changed] = [Math.floor(low / 1000), Math.ceil(high / 1000)];
  while (changed - still > 1) {
    const middle = Math.floor((still + changed) / 2);
    if (offsetAt(middle * 1000, zone) === before) still = middle;
    else changed = middle;
  }
  return changed * 1000;
}

function offsetAt(at: number, zone: string): number {
  return onTheWall(at, zone) - at;
}

/** What the clocks of a zone show at a moment. */
function onTheWall(at: number, zone: string): number {
  if (zone === 'UTC') return at;
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const shown = new Date(0);
  shown.setUTCFullYear(year, part('month') - 1, part('day'));
  shown.setUTCHours(part('hour'), part('minute'), part('second'));
  return shown.getTime() + (((at % 1000) + 1000) % 1000);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const numeric = 'numeric';
  const date = { era: 'short', year: numeric, month: numeric, day: numeric } as const;
  const time = { hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23' } as const;
  const formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory', { timeZone, ...date, ...time });
  formatters.set(timeZone, formatter);
  return formatter;
}
