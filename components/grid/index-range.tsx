import { useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button';
import { formatCount } from './page-range';
import type { RangeStore } from './range-store';
import type { RowPages } from './row-pages';

const NOWHERE = { first: 0, last: 0 };
const nowhere = () => NOWHERE;

/** "1–31 of 10,000+": what is on the screen, of how many; and the way to the exact number where that stops short. */
export function IndexRange({ pages, range }: { pages: RowPages; range: RangeStore }) {
  const { first, last } = useSyncExternalStore(range.subscribe, range.get, nowhere);
  const [counting, setCounting] = useState(false);
  const [failed, setFailed] = useState(false);
  const { count, length } = pages;
  if (pages.loadedAt === 0) return <Words>{pages.failure ? 'Not loaded' : 'Loading…'}</Words>;
  const of = countText(count);
  const countExactly = async () => {
    setCounting(true);
    setFailed(false);
    await pages.recount('exact').catch(() => setFailed(true));
    setCounting(false);
  };
  return (
    <span className="flex items-center gap-1">
      <Words>
        {length === 0
          ? `0 of ${of}`
          : `${formatCount(Math.min(first, length - 1) + 1)}–${formatCount(Math.min(last + 1, length))} of ${of}`}
      </Words>
      {count?.capped && (
        <Button small variant="quiet" onClick={countExactly} disabled={counting}>
          {counting ? 'Counting…' : failed ? 'Count again' : 'Count exactly'}
        </Button>
      )}
    </span>
  );
}

/** "1,204", "10,000+", "?" where nobody counted. */
export function countText(count: RowPages['count']): string {
  return count ? `${formatCount(count.value)}${count.capped ? '+' : ''}` : '?';
}

function Words({ children }: { children: React.ReactNode }) {
  return <span className="whitespace-nowrap font-medium text-text tabular-nums">{children}</span>;
}
