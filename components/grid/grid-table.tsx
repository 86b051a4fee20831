import { useTable } from '@tanstack/react-table';
import { type CSSProperties, memo, useMemo } from 'react';
import { COLUMN_IDS } from './column-choice';
import { columnTracks, tableWidth } from './column-tracks';
import { features, gridColumns } from './columns';
import { GridHeader, HEAD_CLASS } from './grid-header';
import { type GridRecord, idsOf } from './grid-record';
import { GridRows, type GridRowsProps } from './grid-rows';
import type { GridState } from './grid-url';
import { holdsPage, isEmpty } from './selection';
import { sortOf, sortPressed, sortWordsOf } from './sorting';

export interface GridTableProps extends GridRowsProps {
  /** How many rows there are in all; null while nobody knows. */
  total: number | null;
  busy: boolean;
  onSelectAll: () => void;
  onShow: (state: GridState) => void;
}

/** The rows as a table, ordered and sorted as the URL says. */
export function GridTable({ total, busy, onSelectAll, onShow, ...body }: GridTableProps) {
  const { rows, state, selectable, selection } = body;
  // All there is, or at the upstream all of the page.
  const isWhole = selection.kind === 'all' || (state.source === 'live' && rows.length > 0 && holdsPage(selection, idsOf(rows)));
  const style = { '--tracks': columnTracks(state.columns), minWidth: tableWidth(state.columns) } as CSSProperties;
  return (
    <table aria-label="Verifications" aria-busy={busy} aria-rowcount={total === null ? -1 : total + 1} className="block" style={style}>
      <thead className="sticky top-0 z-10 block border-line border-b bg-raised">
        <tr aria-rowindex={1} className="grid [grid-template-columns:var(--tracks)] pr-1.5">
          <td className={`${HEAD_CLASS} justify-center pl-1`}>
            {selectable && <SelectAll isWhole={isWhole} isPart={!isWhole && !isEmpty(selection)} onToggle={onSelectAll} />}
          </td>
          <Heads state={state} onShow={onShow} />
        </tr>
      </thead>
      <GridRows {...body} />
    </table>
  );
}

function SelectAll({ isWhole, isPart, onToggle }: { isWhole: boolean; isPart: boolean; onToggle: () => void }) {
  return (
    <label className="grid size-8 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label="Select all"
        checked={isWhole}
        ref={(box) => {
          if (box) box.indeterminate = isPart;
        }}
        onChange={onToggle}
        className="size-3.5 cursor-pointer accent-accent"
      />
    </label>
  );
}

const NO_ROWS: GridRecord[] = [];

// The heads alone: a table that held the rows would make an object of each of them.
const Heads = memo(function Heads({ state, onShow }: { state: GridState; onShow: (state: GridState) => void }) {
  const { columns } = state;
  const tableState = useMemo(
    () => ({ columnOrder: [...columns], columnVisibility: Object.fromEntries(COLUMN_IDS.map((id) => [id, columns.includes(id)])) }),
    [columns],
  );
  const table = useTable({ features, columns: gridColumns, data: NO_ROWS, state: tableState });
  const sort = sortOf(state);
  return table
    .getHeaderGroups()
    .flatMap(({ headers }) =>
      headers.map(({ column }) => (
        <GridHeader
          key={column.id}
          column={column}
          sorted={sort.column === column.id && state.query.direction}
          onSort={sortWordsOf(state.source, column.id) && (() => onShow(sortPressed(state, column.id)))}
        />
      )),
    );
});
