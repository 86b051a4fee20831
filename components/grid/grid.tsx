'use client';

import type { LoadPage, LoadReviews } from './grid-page';
import { GridScreen } from './grid-screen';
import { QueryProvider } from './query-provider';
import { UnreadableUrl } from './unreadable-url';
import { useGridState } from './use-grid-state';

export interface GridProps {
  /** Both must be the same function at every rendering. */
  loadPage: LoadPage;
  loadReviews: LoadReviews;
}

/** The list of verifications, shown as the URL says. */
export function Grid({ loadPage, loadReviews }: GridProps) {
  const { reading, show } = useGridState();
  if ('field' in reading) return <UnreadableUrl parameter={reading} />;
  return (
    <QueryProvider>
      <GridScreen state={reading} onShow={show} loadPage={loadPage} loadReviews={loadReviews} />
    </QueryProvider>
  );
}
