import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { formatSearchQuery } from '@/lib/domain/search-query';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { buttonClass } from '../ui/button';
import { Kbd } from '../ui/kbd';
import type { GridState } from './grid-url';
import { fromIndex } from './switch-source';

const QUEUE = '/queue';

/** What can be done with everything the grid shows: export it, or work through the queue. */
export function GridActions({ state, viewer }: { state: GridState; viewer: { mayExport: boolean; mayDraw: boolean } }) {
  const router = useRouter();
  useShortcuts('grid', { 'start-queue': viewer.mayDraw ? () => router.push(QUEUE) : undefined });
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
        <Link href={QUEUE} prefetch={false} className={buttonClass('primary', true)}>
          Start queue{' '}
          <Kbd inherit scope="grid">
            Q
          </Kbd>
        </Link>
      )}
    </>
  );
}
