import { DEFAULT_QUERY, type SortField } from '@/lib/domain/grid-query';
import { DEFAULT_SEARCH, filterOf, isFiltered, type SearchSort } from '@/lib/domain/search-query';
import { fitsTagFilter } from '@/lib/domain/tag-filter';
import type { Tag } from '@/lib/domain/verification';
import type { GridState, IndexState, LiveState } from './grid-url';

const SAME_SORT: Record<SortField, SearchSort> = {
  timestamp: 'receivedAt',
  verificationId: 'verificationId',
  verified: 'machineResult',
  idFileName: 'idFileName',
  idFileSize: 'idFileSize',
  idFileType: 'idFileType',
  selfieFileName: 'selfieFileName',
  selfieFileSize: 'selfieFileSize',
  selfieFileType: 'selfieFileType',
};

/** The same rows from the index. */
export function fromIndex(state: GridState): IndexState {
  if (state.source === 'index') return state;
  const { tag, sortBy, direction } = state.query;
  return {
    source: 'index',
    columns: state.columns,
    query: { ...DEFAULT_SEARCH, tags: tag ? [tag] : [], sortBy: SAME_SORT[sortBy], direction },
  };
}

/**
 * The same rows asked of the upstream itself; null where it cannot filter like this: it knows one tag of plain text and nothing else. An order
 * it does not have becomes its usual one.
 */
export function fromUpstream(state: GridState): LiveState | null {
  if (state.source === 'live') return state;
  const { tags, sortBy, direction } = state.query;
  const [tag = null, ...more] = tags;
  if (more.length > 0 || (tag && !fitsTagFilter(tag)) || isFiltered({ ...filterOf(state.query), tags: [] })) return null;
  const field = sortFields.find((candidate) => SAME_SORT[candidate] === sortBy);
  return {
    source: 'live',
    columns: state.columns,
    query: { ...DEFAULT_QUERY, tag, sortBy: field ?? DEFAULT_QUERY.sortBy, direction: field ? direction : DEFAULT_QUERY.direction },
  };
}

/** The live list under a tag, from its first page; the index under it where the upstream's filter cannot carry the tag as it is. */
export function underTag(state: LiveState, tag: Tag | null): GridState {
  const next: LiveState = { ...state, query: { ...state.query, tag, offset: 0 } };
  return tag === null || fitsTagFilter(tag) ? next : fromIndex(next);
}

const isSortField = (name: string): name is SortField => Object.hasOwn(SAME_SORT, name);
const sortFields = Object.keys(SAME_SORT).filter(isSortField);
