import { type SortingState, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Verification } from '@/lib/domain/verification';
import { COLUMN_IDS } from './column-choice';
import { ColumnWidths, tableWidth } from './column-widths';
import { features, gridColumns } from './columns';
import { GridHeader } from './grid-header';
import { GridRow } from './grid-row';
import type { GridState } from './grid-url';
import { SORTS, sortedBy, sortFieldOf } from './sorting';

export interface GridTableProps {
  verifications: Verification[];
  state: GridState;
  busy: boolean;
  current: number | null;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
  onShow: (state: GridState) => void;
}

/** The rows of one page as a table, ordered and sorted as the URL says. */
export function GridTable({ verifications, state, busy, current, onMark, onOpen, onShow }: GridTableProps) {
  const { query, columns } = state;
  const sorting = useMemo<SortingState>(() => [{ id: SORTS[query.sortBy].column, desc: query.direction === 'desc' }], [query]);
  const tableState = useMemo(
    () => ({
      sorting,
      columnOrder: [...columns],
      columnVisibility: Object.fromEntries(COLUMN_IDS.map((id) => [id, columns.includes(id)])),
    }),
    [sorting, columns],
  );
  const table = useTable({
    features,
    columns: gridColumns,
    data: verifications,
    getRowId: ({ id }) => String(id),
    state: tableState,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update;
      const field = next && sortFieldOf(next.id);
      if (next && field) onShow({ ...state, query: sortedBy(query, field, next.desc ? 'desc' : 'asc') });
    },
  });

  return (
    <table aria-busy={busy} className="w-full table-fixed border-separate border-spacing-0" style={{ minWidth: tableWidth(columns) }}>
      <caption className="sr-only">Verifications</caption>
      <ColumnWidths columns={columns} />
      <thead>
        <tr>
          {table.getHeaderGroups().flatMap(({ headers }) => headers.map(({ column }) => <GridHeader key={column.id} column={column} />))}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <GridRow key={row.id} row={row} columns={columns} isCurrent={row.original.id === current} onMark={onMark} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}
