import { DEFAULT_QUERY, formatGridQuery } from '@/lib/domain/grid-query';
import type { Tag } from '@/lib/domain/verification';
import { GRID_PATH, type GridState, gridHref, caseHref as hrefUnder, readGridUrl } from '../grid/grid-url';

/** The grid a case was opened from, null when it came without one or with an address that cannot be read. */
export function gridBehind(params: URLSearchParams): GridState | null {
  if (params.size === 0) return null;
  const state = readGridUrl(params);
  return 'query' in state ? state : null;
}

/** A case under the same grid; `offset` is that of the page it is found on. */
export function caseHref(id: number, grid: GridState, offset: number): string {
  return hrefUnder(id, { ...grid, query: { ...grid.query, offset } });
}

/** Back to where one came from. */
export function backHref(grid: GridState | null): string {
  return grid ? gridHref(grid) : GRID_PATH;
}

/** The grid with everything that bears a tag. */
export function tagHref(tag: Tag): string {
  return `${GRID_PATH}?${formatGridQuery({ ...DEFAULT_QUERY, tag })}`;
}
