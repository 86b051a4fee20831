import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { type GridQuery, PAGE_SIZES } from '@/lib/domain/grid-query';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import type { GridPage } from './grid-page';
import { nextPage, previousPage, rangeText } from './page-range';

/** The bar under the rows: what is shown, of how many, from where, how old. */
export function GridFooter({
  children,
  keys,
  end,
}: {
  children: ReactNode;
  keys: readonly (readonly [keys: readonly string[], does: string])[];
  end?: ReactNode;
}) {
  return (
    <footer className="sticky bottom-0 z-10 flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t bg-surface px-3 py-1 text-muted sm:min-h-10 sm:px-4">
      {children}
      <span aria-hidden="true" className="ml-auto hidden items-center gap-1.5 whitespace-nowrap xl:flex">
        {keys.map(([names, does], index) => (
          <span key={does} className="flex items-center gap-1">
            {names.map((name) => (
              <Kbd key={name} scope="grid">
                {name}
              </Kbd>
            ))}
            {does}
            {index < keys.length - 1 && ' ·'}
          </span>
        ))}
      </span>
      {end}
    </footer>
  );
}

export interface PagerProps {
  query: GridQuery;
  /** What is on the screen: while the next page loads, still the one before. */
  page: GridPage | undefined;
  onQuery: (query: GridQuery) => void;
}

/** The way to the upstream's other pages. */
export function Pager({ query, page, onQuery }: PagerProps) {
  const previous = previousPage(query);
  const next = page ? nextPage(query, page.totalCount) : null;
  return (
    <span className="flex flex-1 items-center gap-1 sm:flex-none">
      <PageSize query={query} onQuery={onQuery} />
      <span className="ml-auto flex items-center gap-1">
        <Button small variant="quiet" disabled={!previous} onClick={() => previous && onQuery(previous)} title="Previous page (←)">
          <ChevronLeft aria-hidden="true" className="size-3.5" />
          Previous
        </Button>
        <Button small variant="quiet" disabled={!next} onClick={() => next && onQuery(next)} title="Next page (→)">
          Next
          <ChevronRight aria-hidden="true" className="size-3.5" />
        </Button>
      </span>
    </span>
  );
}

/** "1–25 of 1,204" of a page as it was answered; what could not be read counts as an entry too. */
export function pageRangeText({ query, verifications, unreadable, totalCount }: GridPage): string {
  return rangeText({ offset: query.offset, entries: verifications.length + unreadable, totalCount });
}

function PageSize({ query, onQuery }: { query: GridQuery; onQuery: (query: GridQuery) => void }) {
  // A link may ask for any size up to 100; it is offered beside the usual ones.
  const sizes = [...new Set<number>([...PAGE_SIZES, query.limit])].sort((a, b) => a - b);
  const change = (limit: number) => onQuery({ ...query, limit, offset: Math.floor(query.offset / limit) * limit });
  return (
    <select
      aria-label="Rows per page"
      value={query.limit}
      onChange={({ target }) => change(Number(target.value))}
      className="h-7 rounded-md border border-transparent bg-transparent px-1 hover:border-line-strong hover:text-text"
    >
      {sizes.map((size) => (
        <option key={size} value={size} className="bg-surface text-text">
          {size} a page
        </option>
      ))}
    </select>
  );
}
