import { formatGridQuery, type GridQuery, parseGridQuery } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { type ColumnId, formatColumns, parseColumns } from './column-choice';

export const GRID_PATH = '/verifications';

/** Everything the grid shows, as its URL spells it. */
export interface GridState {
  query: GridQuery;
  columns: readonly ColumnId[];
}

/** A parameter of the URL that cannot be used, and the address without it. */
export interface UnreadableParameter {
  field: string;
  message: string;
  resetHref: string;
}

/** Reads the grid's URL. A bad parameter is an answer, not an error: nothing crashes on what somebody typed. */
export function readGridUrl(params: URLSearchParams): GridState | UnreadableParameter {
  try {
    return { query: parseGridQuery(params), columns: parseColumns(params.get('columns')) };
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

function gridSearch({ query, columns }: GridState): URLSearchParams {
  const params = formatGridQuery(query);
  const chosen = formatColumns(columns);
  if (chosen) params.set('columns', chosen);
  return params;
}
