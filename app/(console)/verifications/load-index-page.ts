import type { GridRecord } from '@/components/grid/grid-record';
import { LoadFailure } from '@/components/grid/load-failure';
import type { IndexPage, IndexPlace } from '@/components/grid/row-pages';
import { formatSearchQuery, type SearchPage, type SearchQuery, searchPage } from '@/lib/domain/search-query';
import type { Verification } from '@/lib/domain/verification';
import { adaptVerification } from '@/lib/upstream/adapt';
import { ask } from './ask';
import { reviewWire } from './review-wire';

/** A page of the index, through `GET /api/verifications/search`. Throws a LoadFailure. */
export async function loadIndexPage(query: SearchQuery, { cursor, limit, count }: IndexPlace, signal: AbortSignal): Promise<IndexPage> {
  const params = formatSearchQuery({ ...query, cursor, limit });
  params.set('reviews', 'true');
  if (count !== 'capped') params.set('count', count);
  const body = searchPage.safeParse(await ask(`/api/verifications/search?${params}`, signal));
  if (!body.success) throw new LoadFailure('unreadable', 'The index answered in a form that cannot be read. Try again.');
  const { records, nextCursor, count: counted, syncedAt } = body.data;
  return { rows: records.map(rowOf), nextCursor, count: counted, syncedAt };
}

function rowOf({ id, record, review, missing }: SearchPage['records'][number]): GridRecord {
  const summary = reviewWire.safeParse(review);
  let read: Verification | undefined;
  return {
    id,
    missing,
    review: summary.success ? { status: 'known', summary: summary.data } : { status: 'unknown' },
    // Read when the row is first looked at: a page of them at once would hold up the scrolling it was fetched for.
    get verification() {
      read ??= readOrBare(id, record);
      return read;
    },
  };
}

// The index keeps only what could be read; should one row be of another kind after all, the others are still shown.
function readOrBare(id: number, record: unknown): Verification {
  try {
    return adaptVerification(record);
  } catch {
    return adaptVerification({ verificationId: id });
  }
}
