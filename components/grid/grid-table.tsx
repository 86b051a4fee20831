import { useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { COLUMN_IDS } from './column-choice';
import { columnTracks, tableWidth } from './column-tracks';
import { features, gridColumns } from './columns';
import { GridHeader, HEAD_CLASS } from './grid-header';
import { type GridRecord, idsOf, type RowSource } from './grid-record';
import { GridRow, ROW_HEIGHT } from './grid-row';
import type { GridState } from './grid-url';
import { holdsPage, isEmpty, isSelected, type Selection } from './selection';
import { assignSlots } from './slots';
import { sortOf, sortPressed, sortWordsOf } from './sorting';

/** What the screen can ask of the rows. */
export interface RowsHandle {
  /** Brings a place into view and, if asked, puts the focus on its link. */
  show(index: number, focus: boolean): void;
}

export interface GridTableProps {
  handle: Ref<RowsHandle>;
  /** The element that scrolls; null before it is there. */
  scroller: HTMLDivElement | null;
  rows: RowSource;
  /** How many rows there are in all; null while nobody knows. */
  total: number | null;
  state: GridState;
  busy: boolean;
  current: { id: number; index: number } | null;
  /** Whether rows can be chosen at all. */
  selectable: boolean;
  selection: Selection;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
  onSelect: (id: number) => void;
  onSelectAll: () => void;
  onShow: (state: GridState) => void;
  /** The places on the screen, whenever they change. */
  onRange: (first: number, last: number) => void;
}

const HEADER_HEIGHT = 32;
const NO_ROWS: GridRecord[] = [];
/** Rows shown as on their way below those there are. */
const TAIL = 6;
/** A page of the upstream is short enough to stand there whole. */
const WHOLE = 100;
const OVERSCAN = 5;

/** The rows as a table, ordered and sorted as the URL says. Only those on the screen are in the document, however many there are. */
export function GridTable(props: GridTableProps) {
  const {
    handle,
    scroller,
    rows,
    total,
    state,
    busy,
    current,
    selectable,
    selection,
    onMark,
    onOpen,
    onSelect,
    onSelectAll,
    onShow,
    onRange,
  } = props;
  const { columns } = state;
  const table = useHeads(state);
  const currentIndex = current?.index ?? -1;
  const virtualizer = useVirtualizer({
    count: rows.length + (rows.hasMore ? TAIL : 0),
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    overscan: state.source === 'live' ? WHOLE : OVERSCAN,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    // The row with the focus stays in the document wherever one scrolls, or the focus would be lost with it.
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), currentIndex, range.count), [currentIndex]),
  });
  const items = virtualizer.getVirtualItems();
  const slots = useRef<Map<number, number>>(new Map());
  slots.current = assignSlots(
    slots.current,
    items.map(({ index }) => index),
  );
  // While one scrolls the rows stay where they are in the document, which costs nothing; at rest they stand in reading order.
  const drawn = virtualizer.isScrolling ? items.toSorted((a, b) => slotOf(slots.current, a.index) - slotOf(slots.current, b.index)) : items;

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => onRange(startIndex, endIndex), [onRange, startIndex, endIndex]);
  useImperativeHandle(
    handle,
    () => ({
      show: (index, focus) => {
        virtualizer.scrollToIndex(index, { align: 'auto' });
        if (!focus) return;
        // The row is drawn as soon as it is the current one, which is decided in the same breath.
        requestAnimationFrame(() => {
          const row = scroller?.querySelector(`[aria-rowindex="${index + 2}"] [data-case]`);
          if (row instanceof HTMLElement) row.focus({ preventScroll: true });
        });
      },
    }),
    [virtualizer, scroller],
  );

  // All there is, or at the upstream all of the page.
  const isWhole = selection.kind === 'all' || (state.source === 'live' && rows.length > 0 && holdsPage(selection, idsOf(rows)));
  const style = { '--tracks': columnTracks(columns), minWidth: tableWidth(columns) } as CSSProperties;
  const sort = sortOf(state);
  return (
    <table aria-label="Verifications" aria-busy={busy} aria-rowcount={total === null ? -1 : total + 1} className="block" style={style}>
      <thead className="sticky top-0 z-10 block border-line border-b bg-raised">
        <tr aria-rowindex={1} className="grid [grid-template-columns:var(--tracks)]">
          <td className={`${HEAD_CLASS} justify-center pl-1`}>
            {selectable && <SelectAll selection={selection} isWhole={isWhole} onToggle={onSelectAll} />}
          </td>
          {table
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
            )}
        </tr>
      </thead>
      <tbody className="relative block" style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const record = rows.at(index);
          return (
            <GridRow
              key={slotOf(slots.current, index)}
              record={record}
              index={index}
              top={start - HEADER_HEIGHT}
              columns={columns}
              isCurrent={record !== undefined && record.id === current?.id}
              selectable={selectable}
              isSelected={record !== undefined && isSelected(selection, record.id)}
              onMark={onMark}
              onOpen={onOpen}
              onSelect={onSelect}
            />
          );
        })}
      </tbody>
    </table>
  );
}

function SelectAll({ selection, isWhole, onToggle }: { selection: Selection; isWhole: boolean; onToggle: () => void }) {
  return (
    <label className="grid size-8 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label="Select all"
        checked={isWhole}
        ref={(box) => {
          if (box) box.indeterminate = !isWhole && !isEmpty(selection);
        }}
        onChange={onToggle}
        className="size-3.5 cursor-pointer accent-accent"
      />
    </label>
  );
}

// The heads alone: a table that held the rows would make an object of each of them.
function useHeads({ columns }: GridState) {
  const tableState = useMemo(
    () => ({ columnOrder: [...columns], columnVisibility: Object.fromEntries(COLUMN_IDS.map((id) => [id, columns.includes(id)])) }),
    [columns],
  );
  return useTable({ features, columns: gridColumns, data: NO_ROWS, state: tableState });
}

function withIndex(indexes: number[], index: number, count: number): number[] {
  if (index < 0 || index >= count || indexes.includes(index)) return indexes;
  return index < (indexes[0] ?? 0) ? [index, ...indexes] : [...indexes, index];
}

const slotOf = (slots: ReadonlyMap<number, number>, index: number) => slots.get(index) ?? 0;
