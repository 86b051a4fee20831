import { ArrowDown, ArrowUp } from 'lucide-react';
import { type GridQuery, SORT_FIELDS } from '@/lib/domain/grid-query';
import { Button } from '../ui/button';
import { isSortField, SORTS, sortedBy } from './sorting';

/** The order of the rows where there are no column heads to press. */
export function SortPicker({ query, onChange }: { query: GridQuery; onChange: (query: GridQuery) => void }) {
  const { sortBy, direction } = query;
  const turned = direction === 'asc' ? 'desc' : 'asc';
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <select
        aria-label="Sort by"
        value={sortBy}
        onChange={({ target }) => isSortField(target.value) && onChange(sortedBy(query, target.value, SORTS[target.value].first))}
        className="h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2"
      >
        {SORT_FIELDS.map((field) => (
          <option key={field} value={field}>
            {SORTS[field].label}
          </option>
        ))}
      </select>
      <Button
        onClick={() => onChange(sortedBy(query, sortBy, turned))}
        aria-label={`Sorted ${SORTS[sortBy][direction]}. Turn to ${SORTS[sortBy][turned]}`}
      >
        <Arrow aria-hidden="true" className="size-3.5" />
        {SORTS[sortBy][direction]}
      </Button>
    </span>
  );
}
