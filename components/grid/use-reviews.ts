import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ReviewSummary } from '@/lib/domain/review';
import type { GridPage, LoadReviews } from './grid-page';
import type { ReviewLookup } from './grid-record';

const LOADING: ReviewLookup = { status: 'loading' };
const UNKNOWN: ReviewLookup = { status: 'unknown' };

/** What is known here about the records of a page. A failed lookup answers `unknown` for each, never open. */
export function useReviews(page: GridPage | undefined, loadReviews: LoadReviews) {
  const ids = useMemo(() => page?.verifications.map(({ id }) => id) ?? [], [page]);
  const reviews = useQuery({
    queryKey: ['reviews', ids.join(',')],
    queryFn: ({ signal }) => loadReviews(ids, signal),
    enabled: ids.length > 0,
    // Somebody may have decided meanwhile: asked again whenever the list is shown or looked at again.
    refetchOnWindowFocus: true,
  });
  const { data, isError, refetch } = reviews;
  return useMemo(() => {
    const known = new Map<number, ReviewSummary>(data?.map((summary) => [summary.verificationId, summary]));
    const missing = data || isError ? UNKNOWN : LOADING;
    const lookup = (id: number): ReviewLookup => {
      const summary = known.get(id);
      return summary ? { status: 'known', summary } : missing;
    };
    return { lookup, failed: isError, refetch };
  }, [data, isError, refetch]);
}
