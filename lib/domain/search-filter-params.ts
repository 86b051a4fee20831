import type { GridQuery } from './grid-query';
import { DEFAULT_SEARCH, filterOf, formatSearchQuery, type SearchFilter } from './search-query';
import { formatTagFilter } from './tag-filter';

/** Returns the filter of a search of the index as an address spells it, without order and page. */
export function searchFilterParams(query: SearchFilter): URLSearchParams {
  return formatSearchQuery({ ...DEFAULT_SEARCH, ...filterOf(query) });
}

/** Returns the filter of the upstream's list as an address spells it, without order and page. */
export function gridFilterParams({ tag }: GridQuery): URLSearchParams {
  return new URLSearchParams(tag ? { tagFilter: formatTagFilter(tag) } : {});
}
