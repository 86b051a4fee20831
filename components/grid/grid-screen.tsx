import type { BatchVerb, SavedView } from '@/lib/domain/desk-input';
import type { SyncWire } from '../sync/sync-store';
import { ViewTabs } from '../views/view-tabs';
import { GridActions } from './grid-actions';
import type { GridLoaders } from './grid-page';
import type { GridState } from './grid-url';
import { IndexGrid } from './index-grid';
import { LiveGrid } from './live-grid';
import { useIndexAge } from './use-index-age';

/** Who looks, and what she may do to many cases at once. */
export interface GridViewer {
  id: string;
  mayShare: boolean;
  mayDraw: boolean;
  mayExport: boolean;
  maySync: boolean;
  verbs: readonly BatchVerb[];
}

export interface GridScreenProps {
  state: GridState;
  onShow: (state: GridState) => void;
  viewer: GridViewer;
  views: readonly SavedView[];
  index: SyncWire;
  loaders: GridLoaders;
}

/** Views, filters, rows, notices and footer, from whichever source the address names. */
export function GridScreen({ state, onShow, viewer, views, index, loaders }: GridScreenProps) {
  const age = useIndexAge(index);
  return (
    <section
      aria-labelledby="grid-title"
      className="flex min-h-0 min-w-0 flex-1 flex-col sm:h-[calc(100dvh-44px-var(--notices,0px))] sm:flex-none"
    >
      <h1 id="grid-title" className="sr-only">
        Verifications
      </h1>
      <ViewTabs state={state} initial={views} viewer={viewer} onShow={onShow}>
        <GridActions state={state} viewer={viewer} />
      </ViewTabs>
      {state.source === 'live' ? (
        <LiveGrid state={state} onShow={onShow} verbs={viewer.verbs} loadPage={loaders.loadPage} loadReviews={loaders.loadReviews} />
      ) : (
        <IndexGrid
          state={state}
          onShow={onShow}
          verbs={viewer.verbs}
          age={age}
          maySync={viewer.maySync}
          loadIndexPage={loaders.loadIndexPage}
        />
      )}
    </section>
  );
}
