import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { formatGridQuery, type GridQuery } from '@/lib/domain/grid-query';
import { formatTagFilter } from '@/lib/domain/tag-filter';
import type { LoadPage } from './grid-page';
import { nextPage, previousPage } from './page-range';

const FRESH_MS = 20_000;

/**
 * The page of a query. While the next one loads the rows of the last stay, unless the filter changed: rows that do not
 * match the filter on the screen would be wrong. Both neighbours are fetched ahead.
 */
export function useGridPage(query: GridQuery, loadPage: LoadPage) {
  const client = useQueryClient();
  const page = useQuery({
    ...pageOptions(query, loadPage),
    placeholderData: (previous) => (previous && sameFilter(previous.query, query) ? previous : undefined),
  });
  const totalCount = page.isPlaceholderData ? undefined : page.data?.totalCount;
  useEffect(() => {
    if (totalCount === undefined) return;
    for (const neighbour of [nextPage(query, totalCount), previousPage(query)])
      if (neighbour) void client.prefetchQuery(pageOptions(neighbour, loadPage));
  }, [client, query, totalCount, loadPage]);
  return page;
}

function pageOptions(query: GridQuery, loadPage: LoadPage) {
  return queryOptions({
    queryKey: ['verifications', formatGridQuery(query).toString()],
    queryFn: ({ signal }) => loadPage(query, signal),
    staleTime: FRESH_MS,
  });
}

function sameFilter(a: GridQuery, b: GridQuery): boolean {
  return (a.tag && formatTagFilter(a.tag)) === (b.tag && formatTagFilter(b.tag));
}
