import { useCallback, useMemo, useRef } from 'react';
import type { BatchVerb } from '@/lib/domain/desk-input';
import type { GridQuery } from '@/lib/domain/grid-query';
import { formatTagFilter } from '@/lib/domain/tag-filter';
import type { Tag } from '@/lib/domain/verification';
import { GridEmpty } from './grid-empty';
import { GridFooter, Pager, pageRangeText } from './grid-footer';
import { GridFrame } from './grid-frame';
import { ReviewsNotice, StaleNotice, UnreadableNotice } from './grid-notices';
import type { GridLoaders } from './grid-page';
import { pageRows } from './grid-record';
import { GridToolbar } from './grid-toolbar';
import type { GridState, LiveState } from './grid-url';
import { describeFailure } from './load-failure';
import { nextPage, previousPage } from './page-range';
import { sortText } from './sorting';
import { LiveAge } from './source-age';
import { SourceSwitch } from './source-switch';
import { underTag } from './switch-source';
import { TagFilterField } from './tag-filter-field';
import { useGridPage } from './use-grid-page';
import { useReviews } from './use-reviews';

export interface LiveGridProps extends Pick<GridLoaders, 'loadPage' | 'loadReviews'> {
  state: LiveState;
  onShow: (state: GridState) => void;
  verbs: readonly BatchVerb[];
}

const KEYS = [
  [['J', 'K'], 'move'],
  [['Space'], 'peek'],
  [['X'], 'select'],
  [['↵'], 'open'],
  [['←', '→'], 'page'],
] as const;

/** A page of the upstream's own list, asked at this moment. */
export function LiveGrid({ state, onShow, verbs, loadPage, loadReviews }: LiveGridProps) {
  const { query } = state;
  const page = useGridPage(query, loadPage);
  const { lookup, failed: reviewsFailed, refetch: refetchReviews } = useReviews(page.data, loadReviews);
  const filterInput = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => page.data && pageRows(page.data.verifications, lookup), [page.data, lookup]);

  const showQuery = useCallback((next: GridQuery) => onShow({ ...state, query: next }), [onShow, state]);
  const filterBy = useCallback((tag: Tag | null) => onShow(underTag(state, tag)), [onShow, state]);
  const isFilteredBy = useCallback((tag: Tag) => query.tag?.name === tag.name && query.tag.value === tag.value, [query.tag]);
  const refresh = useCallback(() => {
    void page.refetch();
    void refetchReviews();
  }, [page.refetch, refetchReviews]);
  const turnTo = (next: GridQuery | null) => next && showQuery(next);

  const failure = page.isError ? describeFailure(page.error) : null;
  const unreadable = page.data && page.data.verifications.length > 0 && page.data.unreadable > 0 ? page.data : null;
  const range = page.data ? pageRangeText(page.data) : null;
  return (
    <GridFrame
      state={state}
      onShow={onShow}
      verbs={verbs}
      rows={rows}
      total={rows?.length ?? null}
      matching={null}
      failure={page.data ? null : failure}
      busy={page.isFetching}
      moving={page.isPlaceholderData}
      listKey={JSON.stringify(page.data?.query)}
      filterKey={query.tag ? formatTagFilter(query.tag) : ''}
      isFilteredBy={isFilteredBy}
      filterBy={filterBy}
      onRange={noRange}
      onRefresh={refresh}
      keys={{
        'focus-filter': () => filterInput.current?.focus(),
        'next-page': () => turnTo(page.data ? nextPage(query, page.data.totalCount) : null),
        'previous-page': () => turnTo(previousPage(query)),
      }}
      toolbar={
        <GridToolbar state={state} onShow={onShow} onRefresh={refresh} refreshing={page.isFetching}>
          <TagFilterField tag={query.tag} onChange={filterBy} inputRef={filterInput} />
        </GridToolbar>
      }
      empty={page.data && <GridEmpty page={page.data} onQuery={showQuery} onRetry={refresh} />}
      notices={
        <>
          {page.data && failure && <StaleNotice loadedAt={page.dataUpdatedAt} failure={failure} busy={page.isFetching} onRetry={refresh} />}
          {reviewsFailed && <ReviewsNotice onRetry={refetchReviews} />}
          {unreadable && <UnreadableNotice page={unreadable} />}
        </>
      }
      footer={
        <GridFooter keys={KEYS} end={<Pager query={query} page={page.data} onQuery={showQuery} />}>
          <span className="whitespace-nowrap font-medium text-text">{range ?? (failure ? 'Not loaded' : 'Loading…')}</span>
          {page.data && <LiveAge at={page.dataUpdatedAt} stale={failure !== null} />}
          <SourceSwitch state={state} onShow={onShow} />
        </GridFooter>
      }
      said={page.data && !page.isPlaceholderData ? `${range}, sorted by ${sortText({ ...state, query: page.data.query })}` : ''}
    />
  );
}

const noRange = () => {};
