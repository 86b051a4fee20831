import { DEFAULT_QUERY, formatGridQuery, type GridQuery, parseGridQuery } from '@/lib/domain/grid-query';
import type { Tag } from '@/lib/domain/verification';

const GRID = '/verifications';

/** The grid's query a case was opened with, null when it came without one or with one that cannot be read. */
export function queryOf(params: URLSearchParams): GridQuery | null {
  if (params.size === 0) return null;
  try {
    return parseGridQuery(params);
  } catch {
    return null;
  }
}

/** A case under the grid's query; `offset` is that of the page it is found on. */
export function caseHref(id: number, query: GridQuery, offset: number): string {
  return `${GRID}/${id}?${formatGridQuery({ ...query, offset })}`;
}

/** Back to where one came from. */
export function gridHref(query: GridQuery | null): string {
  return query ? `${GRID}?${formatGridQuery(query)}` : GRID;
}

/** The grid with everything that bears a tag. */
export function tagHref(tag: Tag): string {
  return `${GRID}?${formatGridQuery({ ...DEFAULT_QUERY, tag })}`;
}
