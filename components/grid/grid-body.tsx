import type { Ref } from 'react';
import type { GridQuery } from '@/lib/domain/grid-query';
import { GridEmpty } from './grid-empty';
import { GridFailed } from './grid-failed';
import { GridList } from './grid-list';
import type { GridPage } from './grid-page';
import { GridSkeleton } from './grid-skeleton';
import { GridTable } from './grid-table';
import type { GridState } from './grid-url';
import type { LoadFailure } from './load-failure';
import { useNarrow } from './use-narrow';

export interface GridBodyProps {
  ref: Ref<HTMLDivElement>;
  state: GridState;
  page: GridPage | undefined;
  failure: LoadFailure | null;
  /** Something is being fetched. */
  busy: boolean;
  /** The rows are still those of the page before. */
  moving: boolean;
  current: number | null;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
  onShow: (state: GridState) => void;
  onRetry: () => void;
}

/** The rows, or what stands in their place: loading, failed and empty never look alike. */
export function GridBody({ ref, state, page, failure, busy, moving, current, onMark, onOpen, onShow, onRetry }: GridBodyProps) {
  const narrow = useNarrow();
  const showQuery = (query: GridQuery) => onShow({ ...state, query });
  if (failure) return <Centre>{<GridFailed failure={failure} onRetry={onRetry} busy={busy} />}</Centre>;
  if (!page) return <GridSkeleton columns={state.columns} rows={state.query.limit} />;
  if (page.verifications.length === 0) return <Centre>{<GridEmpty page={page} onQuery={showQuery} onRetry={onRetry} />}</Centre>;
  const shown = { verifications: page.verifications, busy, current, onMark };
  return (
    <div ref={ref} className="relative min-h-0 flex-1 bg-surface sm:overflow-auto">
      {moving && <Progress />}
      {narrow ? <GridList {...shown} /> : <GridTable {...shown} state={state} onOpen={onOpen} onShow={onShow} />}
    </div>
  );
}

function Centre({ children }: { children: React.ReactNode }) {
  return <div className="flex min-h-0 flex-1 overflow-auto bg-surface">{children}</div>;
}

/** A line over the rows while the next page is on its way. */
function Progress() {
  return <div aria-hidden="true" className="sticky top-0 left-0 z-20 -mb-0.5 h-0.5 w-full animate-pulse bg-accent" />;
}
