import { DEFAULT_SEARCH } from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { DEFAULT_COLUMNS } from '../grid/column-choice';
import { GRID_PATH, type GridState, gridHref, caseHref as hrefUnder, readGridUrl } from '../grid/grid-url';

/** The grid a case was opened from, null when it came without one or with an address that cannot be read. */
export function gridBehind(params: URLSearchParams): GridState | null {
  if (params.size === 0) return null;
  const state = readGridUrl(params);
  return 'query' in state ? state : null;
}

/** A case under the same grid; `offset` is that of the page it is found on, where the grid has pages. */
export function caseHref(id: number, grid: GridState, offset: number): string {
  return hrefUnder(id, grid.source === 'live' ? { ...grid, query: { ...grid.query, offset } } : grid);
}

/** Back to where one came from. */
export function backHref(grid: GridState | null): string {
  return grid ? gridHref(grid) : GRID_PATH;
}

/** The grid with everything that bears a tag. */
export function tagHref(tag: Tag): string {
  return gridHref({ source: 'index', query: { ...DEFAULT_SEARCH, tags: [tag] }, columns: DEFAULT_COLUMNS });
}
