import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { ColumnPicker } from './column-picker';
import type { GridState } from './grid-url';
import { SortPicker } from './sort-picker';
import { sortOf, sortText } from './sorting';

export interface GridToolbarProps {
  state: GridState;
  onShow: (state: GridState) => void;
  onRefresh: () => void;
  refreshing: boolean;
  /** The filters of this source. */
  children: ReactNode;
}

/** What is asked for: the filters, the order where the heads do not show it, the columns. */
export function GridToolbar({ state, onShow, onRefresh, refreshing, children }: GridToolbarProps) {
  const { columns } = state;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-2 sm:min-h-[46px] sm:px-4">
      {children}
      <span className="contents sm:hidden">
        <SortPicker state={state} onShow={onShow} />
      </span>
      {!columns.includes(sortOf(state).column) && (
        <span className="hidden text-muted sm:inline">Sorted by {sortText(state)} (column hidden)</span>
      )}
      <span className="ml-auto flex items-center gap-1">
        <Button small variant="quiet" onClick={onRefresh} aria-keyshortcuts="r" title="Ask again (R)">
          <RotateCw aria-hidden="true" className={refreshing ? 'size-3.5 animate-spin' : 'size-3.5'} />
          <span className="sr-only 2xl:not-sr-only">Refresh</span>
        </Button>
        <span className="hidden sm:inline">
          <ColumnPicker columns={columns} onChange={(next) => onShow({ ...state, columns: next })} />
        </span>
      </span>
    </div>
  );
}
