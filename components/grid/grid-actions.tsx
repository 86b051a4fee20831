import Link from 'next/link';
import { formatSearchQuery } from '@/lib/domain/search-query';
import { buttonClass } from '../ui/button';
import type { GridState } from './grid-url';
import { fromIndex } from './switch-source';

/** What can be done with everything the grid shows: export it, or work through the queue. */
export function GridActions({ state, viewer }: { state: GridState; viewer: { mayExport: boolean; mayDraw: boolean } }) {
  const search = formatSearchQuery(fromIndex(state).query);
  return (
    <>
      {viewer.mayExport && (
        <Link
          href={`/audit/exports?kind=population${search.size > 0 ? `&${search}` : ''}`}
          prefetch={false}
          className={buttonClass('plain', true)}
        >
          Export
        </Link>
      )}
      {viewer.mayDraw && (
        <Link href="/queue" prefetch={false} className={buttonClass('primary', true)}>
          Start queue
        </Link>
      )}
    </>
  );
}
