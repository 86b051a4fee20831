import type { GridQuery } from '@/lib/domain/grid-query';

const number = new Intl.NumberFormat('en-GB');

/** One page as it was answered: where it starts, how many entries it holds (read or not), and of how many. */
export interface PageRange {
  offset: number;
  entries: number;
  totalCount: number;
}

/** "1–25 of 1,204"; "0 of 0" for nothing. */
export function rangeText({ offset, entries, totalCount }: PageRange): string {
  if (entries === 0) return `0 of ${number.format(totalCount)}`;
  const [first, last] = [number.format(offset + 1), number.format(offset + entries)];
  return `${first === last ? first : `${first}–${last}`} of ${number.format(totalCount)}`;
}

/** The query of the page before, or null on the first. An offset between two pages goes to the start at most. */
export function previousPage(query: GridQuery): GridQuery | null {
  return query.offset === 0 ? null : { ...query, offset: Math.max(0, query.offset - query.limit) };
}

/** The query of the page after, or null on the last. */
export function nextPage(query: GridQuery, totalCount: number): GridQuery | null {
  const offset = query.offset + query.limit;
  return offset < totalCount ? { ...query, offset } : null;
}

/** The query of the last page that holds anything. */
export function lastPage(query: GridQuery, totalCount: number): GridQuery {
  return { ...query, offset: totalCount === 0 ? 0 : Math.floor((totalCount - 1) / query.limit) * query.limit };
}

export function formatCount(count: number): string {
  return number.format(count);
}
