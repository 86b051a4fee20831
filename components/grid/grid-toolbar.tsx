import { RotateCw } from 'lucide-react';
import type { RefObject } from 'react';
import type { Tag } from '@/lib/domain/verification';
import { Button } from '../ui/button';
import { ColumnPicker } from './column-picker';
import type { GridState } from './grid-url';
import { SortPicker } from './sort-picker';
import { SORTS, sortText } from './sorting';
import { TagFilterField } from './tag-filter-field';

export interface GridToolbarProps {
  state: GridState;
  onShow: (state: GridState) => void;
  onRefresh: () => void;
  refreshing: boolean;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** What is asked for: the filter, the order where the heads do not show it, the columns. */
export function GridToolbar({ state, onShow, onRefresh, refreshing, inputRef }: GridToolbarProps) {
  const { query, columns } = state;
  const filterBy = (tag: Tag | null) => onShow({ ...state, query: { ...query, tag, offset: 0 } });
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-2 sm:min-h-[46px] sm:px-4">
      <TagFilterField tag={query.tag} onChange={filterBy} inputRef={inputRef} />
      <span className="contents sm:hidden">
        <SortPicker query={query} onChange={(next) => onShow({ ...state, query: next })} />
      </span>
      {!columns.includes(SORTS[query.sortBy].column) && (
        <span className="hidden text-muted sm:inline">Sorted by {sortText(query)} (column hidden)</span>
      )}
      <span className="ml-auto flex items-center gap-1">
        <Button small variant="quiet" onClick={onRefresh} aria-keyshortcuts="r" title="Ask the upstream again (R)">
          <RotateCw aria-hidden="true" className={refreshing ? 'size-3.5 animate-spin' : 'size-3.5'} />
          <span className="sr-only sm:not-sr-only">Refresh</span>
        </Button>
        <span className="hidden sm:inline">
          <ColumnPicker columns={columns} onChange={(next) => onShow({ ...state, columns: next })} />
        </span>
      </span>
    </div>
  );
}
