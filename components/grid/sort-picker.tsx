import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button } from '../ui/button';
import { COLUMN_IDS, COLUMN_LABEL } from './column-choice';
import type { GridState } from './grid-url';
import { sortedBy, sortOf, sortWordsOf } from './sorting';

/** The order of the rows where there are no column heads to press. */
export function SortPicker({ state, onShow }: { state: GridState; onShow: (state: GridState) => void }) {
  const { direction } = state.query;
  const current = sortOf(state);
  const turned = direction === 'asc' ? 'desc' : 'asc';
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  const sortable = COLUMN_IDS.filter((column) => sortWordsOf(state.source, column) !== undefined);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <select
        aria-label="Sort by"
        value={current.column}
        onChange={({ target }) => onShow(sortedBy(state, target.value, sortWordsOf(state.source, target.value)?.first ?? 'asc'))}
        className="h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2"
      >
        {sortable.map((column) => (
          <option key={column} value={column}>
            {COLUMN_LABEL[column]}
          </option>
        ))}
      </select>
      <Button
        onClick={() => onShow(sortedBy(state, current.column, turned))}
        aria-label={`Sorted ${current[direction]}. Turn to ${current[turned]}`}
      >
        <Arrow aria-hidden="true" className="size-3.5" />
        {current[direction]}
      </Button>
    </span>
  );
}
