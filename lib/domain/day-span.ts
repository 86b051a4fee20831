import { addDays, type Calendar, type CalendarDay, type DayBounds, dayBounds, dayOf, parseDay, today } from './calendar-day';
import { Refusal } from './refusal';

/**
 * From and to as an address names them, both included; null leaves that end open. Each is a day, a day counted from the present one, an
 * instant in ISO 8601 that names its zone, or milliseconds since 1970. It stays as it was written until it is used, so that the last
 * seven days of a saved view are the last seven whenever it is opened.
 */
export interface DaySpan {
  from: string | null;
  to: string | null;
}

/** The same as moments in milliseconds since 1970; `before` is not included. */
export interface Moments {
  from: number | null;
  before: number | null;
}

export const DAY_FORMS =
  'a day (2026-01-31), a day counted from the present one (today, today-6), a time in ISO 8601 with its zone, or milliseconds since 1970';

/** The parameters of all lists that name days. */
const DAY_PARAMS = ['from', 'to', 'decidedFrom', 'decidedTo'];

const COUNTED = /^today(?:-([1-9]\d{0,3}))?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const MILLISECONDS = /^-?\d{1,15}$/;
/** The years 1 to 9999, which every database and spreadsheet has. */
const [EARLIEST, AFTER_LATEST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z') + 1];

/**
 * Reads one span of an address. Throws a Refusal `bad-request` that names the parameter for what is none of the forms, for a parameter
 * given twice, and for a last day before the first.
 */
export function parseDaySpan(params: URLSearchParams, fromName: string, toName: string): DaySpan {
  const [from, to] = [oneMoment(params, fromName), oneMoment(params, toName)];
  const [first, last] = [from, to].map((text) => text && parseDay(text));
  if (first && last && last < first)
    throw new Refusal('bad-request', `The last day (${toName}) lies before the first (${fromName}).`, { field: toName });
  return { from, to };
}

/** Resolves to true for a text that names a day or an instant in one of the forms. */
export function namesMoment(text: string): boolean {
  return parseDay(text) !== null || COUNTED.test(text) || instantOf(text) !== null;
}

/** Returns the moments a span covers in a calendar. */
export function momentsOf({ from, to }: DaySpan, calendar: Calendar): Moments {
  return { from: from === null ? null : boundsOf(from, calendar).from, before: to === null ? null : boundsOf(to, calendar).before };
}

/** Returns the moments one day, or one instant, covers. */
export function boundsOf(text: string, calendar: Calendar): DayBounds {
  const at = instantOf(text);
  if (at !== null) return { from: at, before: at + 1 };
  const { from, before } = dayBounds(countedDay(text, calendar), calendar.zone);
  return { from: Math.max(from, EARLIEST), before: Math.min(before, AFTER_LATEST) };
}

/** Returns the day a text names in a calendar, or of an instant the day it lies in; null for a text of none of the forms. */
export function dayNamedBy(text: string, calendar: Calendar): CalendarDay | null {
  const at = instantOf(text);
  if (at !== null) return dayOf(at, calendar.zone);
  return namesMoment(text) ? countedDay(text, calendar) : null;
}

/** Returns how many days before the present one a text counts; null where it does not count. */
export function daysBack(text: string): number | null {
  const counted = COUNTED.exec(text);
  return counted ? Number(counted[1] ?? 0) : null;
}

/** Returns the parameters with days counted from the present one written as the days they are now: for what is kept and read later. */
export function withDaysWritten(params: URLSearchParams, calendar: Calendar): URLSearchParams {
  const written = [...params].map(([name, value]): [string, string] =>
    DAY_PARAMS.includes(name) && daysBack(value) !== null ? [name, countedDay(value, calendar)] : [name, value],
  );
  return new URLSearchParams(written);
}

function oneMoment(params: URLSearchParams, name: string): string | null {
  const given = params.getAll(name).filter((text) => text !== '');
  if (given.length > 1) throw new Refusal('bad-request', `${name} may be given only once.`, { field: name });
  const [text] = given;
  if (text === undefined) return null;
  if (!namesMoment(text)) throw new Refusal('bad-request', `${name} must be ${DAY_FORMS}.`, { field: name });
  return text;
}

function countedDay(text: string, calendar: Calendar): CalendarDay {
  const back = daysBack(text);
  return back === null ? text : addDays(today(calendar), -back);
}

// A day no calendar has is no instant either, which Date.parse would take for the next month's.
function instantOf(text: string): number | null {
  const day = INSTANT.exec(text)?.[1];
  const at = MILLISECONDS.test(text) ? Number(text) : day !== undefined && parseDay(day) ? Date.parse(text) : Number.NaN;
  return at >= EARLIEST && at < AFTER_LATEST ? at : null;
}
