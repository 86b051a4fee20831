import { formatGridQuery, type GridQuery, parseGridQuery } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { formatSearchQuery, parseSearchQuery, SEARCH_PARAMS, SEARCH_SORTS, type SearchQuery } from '@/lib/domain/search-query';
import { type ColumnId, formatColumns, parseColumns } from './column-choice';

export const GRID_PATH = '/verifications';

/** Where the rows come from: the upstream's own list, asked now, or the index of it kept here. */
export const GRID_SOURCES = ['index', 'live'] as const;
export type GridSource = (typeof GRID_SOURCES)[number];

interface Shown {
  columns: readonly ColumnId[];
}

/** A page of the upstream's list. */
export interface LiveState extends Shown {
  source: 'live';
  query: GridQuery;
}

/** What the index finds, from its beginning. */
export interface IndexState extends Shown {
  source: 'index';
  query: SearchQuery;
}

/** Everything the grid shows, as its URL spells it. */
export type GridState = LiveState | IndexState;

/** A parameter of the URL that cannot be used, and the address without it. */
export interface UnreadableParameter {
  field: string;
  message: string;
  resetHref: string;
}

/**
 * Reads the grid's URL. A bad parameter is an answer, not an error: nothing crashes on what somebody typed. `otherwise` is the
 * source of an address that names none and asks for nothing only one of them has.
 */
export function readGridUrl(params: URLSearchParams, otherwise: GridSource = 'index'): GridState | UnreadableParameter {
  try {
    const columns = parseColumns(params.get('columns'));
    return sourceIn(params, otherwise) === 'live'
      ? { source: 'live', query: parseGridQuery(params), columns }
      : { source: 'index', query: { ...parseSearchQuery(params), cursor: null }, columns };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const rest = new URLSearchParams(params);
    if (error.field) rest.delete(error.field);
    const search = error.field ? rest.toString() : '';
    return { field: error.field ?? 'address', message: error.message, resetHref: search ? `${GRID_PATH}?${search}` : GRID_PATH };
  }
}

/** The address that shows this state. */
export function gridHref(state: GridState): string {
  return `${GRID_PATH}?${gridSearch(state)}`;
}

/** The address of a case; it carries the grid's state, so that next, previous and back stay under the same filter. */
export function caseHref(id: number, state: GridState): string {
  return `${GRID_PATH}/${id}?${gridSearch(state)}`;
}

/** What stands behind the question mark. */
export function gridSearch(state: GridState): string {
  const params = state.source === 'live' ? formatGridQuery(state.query) : formatSearchQuery({ ...state.query, cursor: null });
  const chosen = formatColumns(state.columns);
  if (chosen) params.set('columns', chosen);
  return `source=${state.source}${params.size > 0 ? `&${params}` : ''}`;
}

const LIVE_ONLY = ['offset', 'tagFilter'];
const LIVE_SORTS = ['timestamp', 'verified'];
const INDEX_ONLY = SEARCH_PARAMS.filter((name) => !['sortBy', 'direction', 'limit'].includes(name));

function sourceIn(params: URLSearchParams, otherwise: GridSource): GridSource {
  const given = params.get('source');
  if (given !== null) {
    const known = GRID_SOURCES.find((source) => source === given);
    if (!known) throw new Refusal('bad-request', 'source must be index or live.', { field: 'source' });
    return known;
  }
  const sortBy = params.get('sortBy') ?? '';
  if (LIVE_ONLY.some((name) => params.has(name)) || LIVE_SORTS.includes(sortBy)) return 'live';
  const sorts: readonly string[] = SEARCH_SORTS;
  if (INDEX_ONLY.some((name) => params.has(name)) || (sorts.includes(sortBy) && !isLiveSort(sortBy))) return 'index';
  return otherwise;
}

// The fields both sources sort by under one name.
function isLiveSort(sortBy: string): boolean {
  return sortBy === 'verificationId' || /^(id|selfie)File/.test(sortBy);
}
