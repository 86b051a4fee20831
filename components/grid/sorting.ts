import { DIRECTIONS, type Direction, SORT_FIELDS, type SortField } from '@/lib/domain/grid-query';
import { SEARCH_SORTS, type SearchSort } from '@/lib/domain/search-query';
import type { ColumnId } from './column-choice';
import type { GridSource, GridState } from './grid-url';

interface SortWords {
  column: ColumnId;
  /** The direction the first click gives. */
  first: Direction;
  label: string;
  asc: string;
  desc: string;
}

const words = (column: ColumnId, label: string, first: Direction, asc: string, desc: string): SortWords => ({
  column,
  label,
  first,
  asc,
  desc,
});

const SHARED = {
  verificationId: words('id', 'ID', 'desc', 'lowest first', 'highest first'),
  idFileName: words('idFile', 'ID file', 'asc', 'A to Z', 'Z to A'),
  idFileSize: words('idSize', 'ID size', 'desc', 'smallest first', 'largest first'),
  idFileType: words('idType', 'ID type', 'asc', 'A to Z', 'Z to A'),
  selfieFileName: words('selfieFile', 'Selfie', 'asc', 'A to Z', 'Z to A'),
  selfieFileSize: words('selfieSize', 'Selfie size', 'desc', 'smallest first', 'largest first'),
  selfieFileType: words('selfieType', 'Selfie type', 'asc', 'A to Z', 'Z to A'),
};
const RECEIVED = words('received', 'Received', 'desc', 'oldest first', 'newest first');
const RESULT = words('result', 'Result', 'asc', 'not verified first', 'verified first');

/** The upstream's nine sort fields, the column each belongs to, and the words for both directions. */
export const SORTS: Record<SortField, SortWords> = { timestamp: RECEIVED, verified: RESULT, ...SHARED };

/** The same for everything the index sorts by. */
export const INDEX_SORTS: Record<SearchSort, SortWords> = {
  receivedAt: RECEIVED,
  machineResult: RESULT,
  ...SHARED,
  state: words('state', 'State', 'asc', 'A to Z', 'Z to A'),
  similarity: words('match', 'Match', 'asc', 'least alike first', 'most alike first'),
  confidence: words('confidence', 'Least sure face', 'asc', 'least sure first', 'surest first'),
  modelVersion: words('model', 'Model', 'desc', 'lowest first', 'highest first'),
  customer: words('customer', 'Customer', 'asc', 'A to Z', 'Z to A'),
  tags: words('tags', 'Tags', 'asc', 'A to Z', 'Z to A'),
  faces: words('faces', 'Faces', 'desc', 'fewest on the ID first', 'most on the ID first'),
  findings: words('findings', 'Findings', 'desc', 'fewest warnings first', 'most warnings first'),
  reviewer: words('reviewer', 'Reviewer', 'asc', 'A to Z', 'Z to A'),
  assignee: words('assignee', 'Given to', 'asc', 'A to Z', 'Z to A'),
  decidedAt: words('decided', 'Decided', 'desc', 'oldest first', 'newest first'),
};

/** The upstream's sort field of a column, or undefined for a column it cannot sort by. */
export function sortFieldOf(column: string): SortField | undefined {
  return SORT_FIELDS.find((field) => SORTS[field].column === column);
}

/** The index's sort field of a column. */
export function indexSortOf(column: string): SearchSort | undefined {
  return SEARCH_SORTS.find((sort) => INDEX_SORTS[sort].column === column);
}

/** The words for ordering by a column, or undefined where the source cannot. */
export function sortWordsOf(source: GridSource, column: string): SortWords | undefined {
  const live = source === 'live' ? sortFieldOf(column) : undefined;
  if (live) return SORTS[live];
  const index = source === 'index' ? indexSortOf(column) : undefined;
  return index && INDEX_SORTS[index];
}

/** The words for the order in force. */
export function sortOf(state: GridState): SortWords {
  return state.source === 'live' ? SORTS[state.query.sortBy] : INDEX_SORTS[state.query.sortBy];
}

/** The grid ordered by a column, from its beginning; unchanged where its source cannot. */
export function sortedBy(state: GridState, column: string, direction: Direction): GridState {
  if (state.source === 'live') {
    const sortBy = sortFieldOf(column);
    return sortBy ? { ...state, query: { ...state.query, sortBy, direction, offset: 0 } } : state;
  }
  const sortBy = indexSortOf(column);
  return sortBy ? { ...state, query: { ...state.query, sortBy, direction } } : state;
}

/** The order turned by a press on a column's head: the other way round, or the direction that column begins with. */
export function sortPressed(state: GridState, column: string): GridState {
  const current = sortOf(state);
  const [first, other] = DIRECTIONS;
  if (current.column === column) return sortedBy(state, column, state.query.direction === first ? other : first);
  return sortedBy(state, column, sortWordsOf(state.source, column)?.first ?? first);
}

/** "Received, newest first". */
export function sortText(state: GridState): string {
  const { label, [state.query.direction]: way } = sortOf(state);
  return `${label}, ${way}`;
}
