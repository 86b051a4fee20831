import type { ReviewSummary } from '@/lib/domain/review';
import type { Verification } from '@/lib/domain/verification';

/** What the state column can say of one record. `unknown`: the lookup failed, which is not the same as open. */
export type ReviewLookup = { status: 'loading' } | { status: 'unknown' } | { status: 'known'; summary: ReviewSummary };

/** One row: the upstream's record and what is known of it here. */
export interface GridRecord {
  id: number;
  readonly verification: Verification;
  review: ReviewLookup;
  /** The upstream no longer has it. */
  missing: boolean;
}

/** Rows by their place, wherever they come from. */
export interface RowSource {
  /** How many places there are. */
  length: number;
  /** More follow that are not known yet. */
  hasMore: boolean;
  /** The row at a place from 0; undefined while it is on its way. */
  at(index: number): GridRecord | undefined;
  /** The place of a record among the rows at hand, -1 for none. */
  indexOf(id: number): number;
}

/** The rows of one page of the upstream's list. */
export function pageRows(verifications: readonly Verification[], lookup: (id: number) => ReviewLookup): RowSource {
  const rows: GridRecord[] = verifications.map((verification) => ({
    id: verification.id,
    verification,
    review: lookup(verification.id),
    missing: false,
  }));
  return {
    length: rows.length,
    hasMore: false,
    at: (index) => rows[index],
    indexOf: (id) => rows.findIndex((row) => row.id === id),
  };
}

/** The numbers of the rows at hand, from the first to the last. */
export function idsOf(rows: RowSource): number[] {
  return Array.from({ length: rows.length }, (_, index) => rows.at(index)?.id).filter((id) => id !== undefined);
}
