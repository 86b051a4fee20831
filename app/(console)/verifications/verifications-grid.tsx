'use client';

import { Grid } from '@/components/grid/grid';
import { loadPage } from './load-page';
import { loadReviews } from './load-reviews';

/** The grid, fed by the console's own API. */
export function VerificationsGrid() {
  return <Grid loadPage={loadPage} loadReviews={loadReviews} />;
}
