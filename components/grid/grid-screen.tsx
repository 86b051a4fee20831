import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { GridQuery } from '@/lib/domain/grid-query';
import type { Tag } from '@/lib/domain/verification';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { GridBody } from './grid-body';
import { GridContextProvider } from './grid-context';
import { GridFooter, rangeOf } from './grid-footer';
import { GridNotices } from './grid-notices';
import type { LoadPage, LoadReviews } from './grid-page';
import { GridToolbar } from './grid-toolbar';
import { caseHref, type GridState } from './grid-url';
import { describeFailure } from './load-failure';
import { nextPage, previousPage, rangeText } from './page-range';
import { sortText } from './sorting';
import { useCurrentRow } from './use-current-row';
import { useGridPage } from './use-grid-page';
import { useReviews } from './use-reviews';

export interface GridScreenProps {
  state: GridState;
  onShow: (state: GridState) => void;
  loadPage: LoadPage;
  loadReviews: LoadReviews;
}

const NO_IDS: number[] = [];

/** Toolbar, rows, notices and footer, and the keys that move between them. */
export function GridScreen({ state, onShow, loadPage, loadReviews }: GridScreenProps) {
  const router = useRouter();
  const { query } = state;
  const page = useGridPage(query, loadPage);
  const { lookup, failed: reviewsFailed, refetch: refetchReviews } = useReviews(page.data, loadReviews);
  const filterInput = useRef<HTMLInputElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => page.data?.verifications.map(({ id }) => id) ?? NO_IDS, [page.data]);
  const { current, mark, move } = useCurrentRow(ids, rows);

  const showQuery = useCallback((next: GridQuery) => onShow({ ...state, query: next }), [onShow, state]);
  const hrefOf = useCallback((id: number) => caseHref(id, state), [state]);
  const open = useCallback(
    (id: number, newTab: boolean) => {
      mark(id);
      if (newTab) window.open(hrefOf(id), '_blank', 'noopener');
      else router.push(hrefOf(id));
    },
    [hrefOf, mark, router],
  );
  const refresh = useCallback(() => {
    void page.refetch();
    void refetchReviews();
  }, [page.refetch, refetchReviews]);
  const turnTo = (next: GridQuery | null) => next && showQuery(next);

  useShortcuts('grid', {
    'next-row': () => move(1),
    'previous-row': () => move(-1),
    'open-case': () => current !== null && open(current, false),
    'focus-filter': () => filterInput.current?.focus(),
    'next-page': () => turnTo(page.data ? nextPage(query, page.data.totalCount) : null),
    'previous-page': () => turnTo(previousPage(query)),
    refresh,
  });

  const shownQuery = page.data?.query;
  // A new page is read from its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query on the screen is what triggers it
  useEffect(() => {
    if (rows.current) rows.current.scrollTop = 0;
  }, [shownQuery]);

  const context = useMemo(
    () => ({ hrefOf, lookup, tag: query.tag, filterBy: (tag: Tag) => showQuery({ ...query, tag, offset: 0 }), current }),
    [hrefOf, lookup, query, showQuery, current],
  );
  const failure = page.isError ? describeFailure(page.error) : null;

  return (
    <GridContextProvider value={context}>
      <section aria-labelledby="grid-title" className="flex min-h-0 flex-1 flex-col sm:h-[calc(100dvh-44px)] sm:flex-none">
        <h1 id="grid-title" className="sr-only">
          Verifications
        </h1>
        <GridToolbar state={state} onShow={onShow} onRefresh={refresh} refreshing={page.isFetching} inputRef={filterInput} />
        <GridBody
          ref={rows}
          state={state}
          page={page.data}
          failure={page.data ? null : failure}
          busy={page.isFetching}
          moving={page.isPlaceholderData}
          current={current}
          onMark={mark}
          onOpen={open}
          onShow={onShow}
          onRetry={refresh}
        />
        <GridNotices
          page={page.data}
          loadedAt={page.dataUpdatedAt}
          staleBecause={page.data ? failure : null}
          refreshing={page.isFetching}
          onRetry={refresh}
          reviewsFailed={reviewsFailed}
          onRetryReviews={refetchReviews}
        />
        <GridFooter query={query} page={page.data} loadedAt={page.dataUpdatedAt} stale={failure !== null} onQuery={showQuery} />
        <p aria-live="polite" className="sr-only">
          {page.data && !page.isPlaceholderData && `${rangeText(rangeOf(page.data))}, sorted by ${sortText(page.data.query)}`}
        </p>
      </section>
    </GridContextProvider>
  );
}
