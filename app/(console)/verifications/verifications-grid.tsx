'use client';

import { Grid, type GridProps } from '@/components/grid/grid';
import { loadIndexPage } from './load-index-page';
import { loadPage } from './load-page';
import { loadReviews } from './load-reviews';

const LOADERS = { loadPage, loadReviews, loadIndexPage };

/** The grid, fed by the console's own API. */
export function VerificationsGrid(props: Omit<GridProps, 'loaders'>) {
  return <Grid {...props} loaders={LOADERS} />;
}
