export const DAY_MS = 86_400_000;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const MILLISECONDS = /^-?\d{1,15}$/;

/** The first and the last moment that is understood here: the years 1 to 9999, which every database and spreadsheet has. */
const [EARLIEST, LATEST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

export const MOMENT_FORMS = 'a day (2026-01-31), a time in ISO 8601 with its zone, or milliseconds since 1970';

/** A span of time in milliseconds since 1970, both ends included. */
export interface Moments {
  from: number;
  to: number;
}

/**
 * Reads a day in UTC as `YYYY-MM-DD`: its first and last millisecond. Null for anything else, also for a day no calendar has. Pure.
 */
export function readDay(text: string): Moments | null {
  const from = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const isDay = isWithin(from) && new Date(from).toISOString().startsWith(text);
  return isDay ? { from, to: from + DAY_MS - 1 } : null;
}

/**
 * Reads a day, an instant in ISO 8601 that names its zone, or milliseconds since 1970; an instant begins and ends at once. Null for
 * anything else, and beyond the years 1 to 9999. Pure.
 */
export function readMoment(text: string): Moments | null {
  if (DAY.test(text)) return readDay(text);
  const at = MILLISECONDS.test(text) ? Number(text) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return isWithin(at) ? { from: at, to: at } : null;
}

const isWithin = (at: number) => at >= EARLIEST && at <= LATEST;
