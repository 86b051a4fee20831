import type { GridQuery } from '@/lib/domain/grid-query';
import type { ReviewSummary } from '@/lib/domain/review';
import type { Verification } from '@/lib/domain/verification';
import type { SyncWire } from '../sync/sync-store';
import type { LoadIndexPage } from './row-pages';

/** One page of the upstream's list as it was answered, with the query that asked for it. */
export interface GridPage {
  query: GridQuery;
  totalCount: number;
  verifications: Verification[];
  /** Entries of this page that are no records. They are counted and told, never dropped in silence. */
  unreadable: number;
  /** What those entries call themselves, where they call themselves anything. */
  unreadableIds: string[];
}

/** Asks for one page. Throws a LoadFailure; an empty page is never a failure in disguise. */
export type LoadPage = (query: GridQuery, signal: AbortSignal) => Promise<GridPage>;

/** Asks what is known here about these records. Throws a LoadFailure. */
export type LoadReviews = (ids: number[], signal: AbortSignal) => Promise<ReviewSummary[]>;

/** How the index fares: filled or still being filled, and when it last followed the upstream. */
export interface IndexAge {
  /** How it fared when the server was last asked. */
  sync: SyncWire;
  isFilled: boolean;
  done: number;
  total: number | null;
  syncedAt: number | null;
  failure: string | null;
}

/** Where everything the grid shows comes from. Each must be the same function at every rendering. */
export interface GridLoaders {
  loadPage: LoadPage;
  loadReviews: LoadReviews;
  loadIndexPage: LoadIndexPage;
}
