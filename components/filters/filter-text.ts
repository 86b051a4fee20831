import type { Span } from '@/lib/domain/search-query';

/** A person a filter can name. */
export interface Reviewer {
  id: string;
  name: string;
}

const NONE_NAMED = 2;

/** "open", "open or reopened", "3 of them": what a chip says of several choices; null for none. */
export function choicesText(chosen: readonly string[]): string | null {
  if (chosen.length === 0) return null;
  return chosen.length <= NONE_NAMED ? chosen.join(' or ') : `any of ${chosen.length}`;
}

/** "0.2 to 0.38", "at least 0.9", "at most 0.38"; null when both ends are open. */
export function spanText({ from, to }: Span): string | null {
  if (from !== null && to !== null) return `${from} to ${to}`;
  if (from !== null) return `at least ${from}`;
  return to === null ? null : `at most ${to}`;
}

/** "1 Feb to 3 Feb", "since 1 Feb", "until 3 Feb", in the reader's days. */
export function daysText({ from, to }: Span): string | null {
  const day = (at: number) => new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  if (from !== null && to !== null) return day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`;
  if (from !== null) return `since ${day(from)}`;
  return to === null ? null : `until ${day(to)}`;
}

/** Who is meant by what an address names: oneself, nobody, or somebody by id. */
export function personText(id: string | null, reviewers: readonly Reviewer[]): string | null {
  if (id === null) return null;
  if (id === 'me') return 'me';
  return id === 'nobody' ? 'nobody' : (reviewers.find((reviewer) => reviewer.id === id)?.name ?? 'somebody else');
}

const DAY_MS = 86_400_000;

/** `2026-01-31` of a moment in the reader's zone; empty for none. */
export function dayOf(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The first moment of a day in the reader's zone; null for no day. */
export function startOfDay(day: string): number | null {
  const at = day === '' ? Number.NaN : new Date(`${day}T00:00:00`).getTime();
  return Number.isFinite(at) ? at : null;
}

/** The last moment of a day in the reader's zone. Days with a change of the clock are shorter or longer, hence by way of the next. */
export function endOfDay(day: string): number | null {
  const start = startOfDay(day);
  if (start === null) return null;
  return (startOfDay(dayOf(start + DAY_MS * 1.5)) ?? start + DAY_MS) - 1;
}
