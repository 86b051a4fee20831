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

/** Who is meant by what an address names: oneself, nobody, or somebody by id. */
export function personText(id: string | null, reviewers: readonly Reviewer[]): string | null {
  if (id === null) return null;
  if (id === 'me') return 'me';
  return id === 'nobody' ? 'nobody' : (reviewers.find((reviewer) => reviewer.id === id)?.name ?? 'somebody else');
}
