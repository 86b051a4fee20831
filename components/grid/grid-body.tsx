import { type ReactNode, type RefObject, useState } from 'react';
import { GridFailed } from './grid-failed';
import { GridList } from './grid-list';
import type { RowSource } from './grid-record';
import type { RowsHandle } from './grid-rows';
import { GridSkeleton } from './grid-skeleton';
import { GridTable, type GridTableProps } from './grid-table';
import type { LoadFailure } from './load-failure';
import { useNarrow } from './use-media';

export interface GridBodyProps extends Omit<GridTableProps, 'handle' | 'scroller' | 'rows'> {
  handle: RefObject<RowsHandle | null>;
  rows: RowSource | undefined;
  /** What stands in the rows' place when there are none. */
  empty: ReactNode;
  failure: LoadFailure | null;
  /** The rows are still those of the page before. */
  moving: boolean;
  /** Another list: it is read from its top. */
  listKey: string;
  onRetry: () => void;
}

const SKELETON_ROWS = 25;

/** The rows, or what stands in their place: loading, failed and empty never look alike. */
export function GridBody({ rows, empty, failure, moving, listKey, onRetry, ...table }: GridBodyProps) {
  const narrow = useNarrow();
  // Kept as state: whoever draws the rows has to be told once it is there.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  if (failure) return <Centre>{<GridFailed failure={failure} onRetry={onRetry} busy={table.busy} />}</Centre>;
  if (!rows) return <GridSkeleton columns={table.state.columns} rows={SKELETON_ROWS} />;
  if (rows.length === 0) return <Centre>{empty}</Centre>;
  return (
    <div key={listKey} ref={setScroller} className="relative min-h-0 min-w-0 flex-1 bg-surface [overflow-anchor:none] sm:overflow-auto">
      {moving && <Progress />}
      {narrow ? <GridList {...table} rows={rows} /> : <GridTable {...table} rows={rows} scroller={scroller} />}
    </div>
  );
}

function Centre({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 min-w-0 flex-1 overflow-auto bg-surface">{children}</div>;
}

/** A line over the rows while the next page is on its way. */
function Progress() {
  return <div aria-hidden="true" className="sticky top-0 left-0 z-20 -mb-0.5 h-0.5 w-full animate-pulse bg-accent" />;
}
