import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef } from 'react';
import type { RowSource } from './grid-record';
import { GridRow, ROW_HEIGHT } from './grid-row';
import type { GridState } from './grid-url';
import { isSelected, type Selection } from './selection';
import { assignSlots } from './slots';
import { useTouch } from './use-media';

/** What the screen can ask of the rows. */
export interface RowsHandle {
  /** Brings a place into view and, if asked, puts the focus on its link. */
  show(index: number, focus: boolean): void;
}

export interface GridRowsProps {
  handle: Ref<RowsHandle>;
  /** The element that scrolls; null before it is there. */
  scroller: HTMLDivElement | null;
  rows: RowSource;
  state: GridState;
  current: { id: number; index: number } | null;
  /** Whether rows can be chosen at all. */
  selectable: boolean;
  selection: Selection;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
  onSelect: (id: number) => void;
  /** The places on the screen, whenever they change. */
  onRange: (first: number, last: number) => void;
}

const HEADER_HEIGHT = 32;
/** Rows shown as on their way below those there are. */
const TAIL = 6;
/** A page of the upstream is short enough to stand there whole. */
const WHOLE = 100;
const OVERSCAN = 5;

/** The body of the table: only the rows on the screen are in the document, however many there are. */
export function GridRows(props: GridRowsProps) {
  const { handle, scroller, rows, state, current, selectable, selection, onMark, onOpen, onSelect, onRange } = props;
  const touch = useTouch();
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
        // The current row is always in the document.
        const row = scroller?.querySelector(`[aria-rowindex="${index + 2}"] [data-case]`);
        if (row instanceof HTMLElement) row.focus({ preventScroll: true });
      },
    }),
    [virtualizer, scroller],
  );
  return (
    <tbody className="relative block" style={{ height: virtualizer.getTotalSize() }}>
      {drawn.map(({ index, start }) => {
        const record = rows.at(index);
        return (
          <GridRow
            key={slotOf(slots.current, index)}
            record={record}
            index={index}
            top={start - HEADER_HEIGHT}
            columns={state.columns}
            touch={touch}
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
  );
}

function withIndex(indexes: number[], index: number, count: number): number[] {
  if (index < 0 || index >= count || indexes.includes(index)) return indexes;
  return index < (indexes[0] ?? 0) ? [index, ...indexes] : [...indexes, index];
}

const slotOf = (slots: ReadonlyMap<number, number>, index: number) => slots.get(index) ?? 0;
