import { useCallback, useRef, useState } from 'react';
import type { BatchVerb } from '@/lib/domain/desk-input';
import { filterOf, formatSearchQuery, NO_FILTER, type SearchQuery } from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { IndexFilters } from '../filters/index-filters';
import { SyncNow } from '../sync/sync-now';
import { Button } from '../ui/button';
import { GridFooter } from './grid-footer';
import { GridFrame } from './grid-frame';
import { IndexNotice, StaleNotice } from './grid-notices';
import type { GridLoaders, IndexAge } from './grid-page';
import { GridToolbar } from './grid-toolbar';
import type { GridState, IndexState } from './grid-url';
import { IndexEmpty } from './index-empty';
import { countText, IndexRange } from './index-range';
import { RangeStore } from './range-store';
import { sortText } from './sorting';
import { IndexAgeText } from './source-age';
import { SourceSwitch } from './source-switch';
import { fromUpstream } from './switch-source';
import { useRowPages } from './use-row-pages';

export interface IndexGridProps extends Pick<GridLoaders, 'loadIndexPage'> {
  state: IndexState;
  onShow: (state: GridState) => void;
  verbs: readonly BatchVerb[];
  age: IndexAge;
  /** Whether the reader may request a sync. */
  maySync: boolean;
}

const KEYS = [
  [['J', 'K'], 'move'],
  [['Space'], 'peek'],
  [['X'], 'select'],
  [['↵'], 'open'],
] as const;

/** What the index finds, walked through without end. */
export function IndexGrid({ state, onShow, verbs, age, maySync, loadIndexPage }: IndexGridProps) {
  const { query } = state;
  const pages = useRowPages(query, loadIndexPage);
  const searchInput = useRef<HTMLInputElement>(null);
  const [range] = useState(() => new RangeStore());

  const showQuery = useCallback((next: SearchQuery) => onShow({ ...state, query: next }), [onShow, state]);
  const isFilteredBy = useCallback(
    (tag: Tag) => query.tags.some(({ name, value }) => name === tag.name && value === tag.value),
    [query.tags],
  );
  const filterBy = useCallback((tag: Tag) => showQuery({ ...query, tags: [...query.tags, tag] }), [query, showQuery]);
  const onRange = useCallback(
    (first: number, last: number) => {
      range.set(first, last);
      pages.want(first, last);
    },
    [pages, range],
  );
  const refresh = useCallback(() => pages.refresh(), [pages]);
  const askLive = () => {
    const live = fromUpstream(state) ?? fromUpstream({ ...state, query: { ...query, ...NO_FILTER } });
    if (live) onShow(live);
  };

  const search = formatSearchQuery(query).toString();
  const isThere = pages.loadedAt > 0;
  const behind = !age.isFilled || age.failure !== null;
  return (
    <GridFrame
      state={state}
      onShow={onShow}
      verbs={verbs}
      rows={isThere ? pages : undefined}
      total={pages.count && !pages.count.capped ? pages.count.value : null}
      matching={{ query: search, count: pages.count }}
      failure={isThere ? null : pages.failure}
      busy={pages.isLoading}
      moving={false}
      listKey={search}
      filterKey={formatSearchQuery({ ...query, ...NO_SORT, ...filterOf(query) }).toString()}
      isFilteredBy={isFilteredBy}
      filterBy={filterBy}
      onRange={onRange}
      onRefresh={refresh}
      keys={{ 'focus-filter': () => searchInput.current?.focus() }}
      toolbar={
        <GridToolbar state={state} onShow={onShow} onRefresh={refresh} refreshing={pages.isLoading}>
          <IndexFilters query={query} onChange={showQuery} inputRef={searchInput} />
        </GridToolbar>
      }
      empty={<IndexEmpty query={query} age={age} onQuery={showQuery} onLive={askLive} onRetry={refresh} />}
      notices={
        <>
          {isThere && pages.failure && (
            <StaleNotice loadedAt={pages.loadedAt} failure={pages.failure} busy={pages.isLoading} onRetry={refresh} />
          )}
          {behind && isThere && pages.length > 0 && (
            <IndexNotice
              age={age}
              action={
                <Button small onClick={askLive}>
                  Ask live
                </Button>
              }
            />
          )}
        </>
      }
      footer={
        <GridFooter keys={KEYS}>
          <IndexRange pages={pages} range={range} />
          <IndexAgeText at={age.sync.at} syncedAt={latest(pages.syncedAt, age.syncedAt)} readAt={pages.loadedAt} />
          {maySync && <SyncNow status={age.sync} small />}
          <SourceSwitch state={state} onShow={onShow} />
        </GridFooter>
      }
      said={isThere ? `${countText(pages.count)} found, sorted by ${sortText(state)}` : ''}
    />
  );
}

const NO_SORT = { sortBy: 'receivedAt', direction: 'desc' } as const;

function latest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
