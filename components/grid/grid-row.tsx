import { type CSSProperties, type MouseEvent, memo, useState } from 'react';
import { classNames } from '../ui/class-names';
import { useTimeZone } from '../ui/time-zone';
import { CELL, type Cell } from './cells';
import type { ColumnId } from './column-choice';
import { COLUMN_LOOK } from './column-look';
import type { GridRecord } from './grid-record';
import { SelectBox } from './select-box';

/** CSS pixels; the same for every row, so that a place in the list is a place on the screen without measuring. */
export const ROW_HEIGHT = 33;

export interface GridRowProps {
  /** Undefined while it is on its way. */
  record: GridRecord | undefined;
  /** Its place from 0, and where that lies in pixels. */
  index: number;
  top: number;
  columns: readonly ColumnId[];
  isCurrent: boolean;
  /** Fingers do not point: what others see of the row they look at is always there. */
  touch: boolean;
  selectable: boolean;
  isSelected: boolean;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
  onSelect: (id: number) => void;
}

/**
 * One record. A press anywhere opens it; the link in it is the keyboard's way and the screen reader's. While one scrolls, three rows
 * a frame are filled with other records: hence as few elements as will do, the same ones for whatever record, and what only the row
 * looked at needs nowhere else.
 */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { record, index, top, columns, isCurrent, touch, selectable, isSelected, onMark, onOpen, onSelect } = props;
  const [isPointedAt, setPointedAt] = useState(false);
  const zone = useTimeZone();
  const style: CSSProperties = { top };
  if (!record) {
    return (
      <tr aria-rowindex={index + 2} aria-busy="true" style={style} className={ROW_CLASS}>
        <td className="col-span-full flex items-center px-4">
          <span className="block h-3 w-2/3 rounded bg-line" />
          <span className="sr-only">Loading</span>
        </td>
      </tr>
    );
  }
  const { id } = record;
  const isLooked = isCurrent || isPointedAt;
  const onClick = (event: MouseEvent<HTMLTableRowElement>) => {
    if (event.target instanceof Element && event.target.closest('a,button,input,label')) return;
    // Text was marked to be copied, the case not asked for.
    if (window.getSelection()?.type === 'Range') return;
    onOpen(id, event.ctrlKey || event.metaKey);
  };
  return (
    <tr
      data-row={id}
      aria-rowindex={index + 2}
      aria-current={isCurrent || undefined}
      onClick={onClick}
      onFocus={() => onMark(id)}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      style={style}
      className={classNames(
        ROW_CLASS,
        'cursor-pointer',
        isCurrent ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : isSelected ? 'bg-accent-soft/50' : 'hover:bg-raised',
      )}
    >
      <td className="flex items-center justify-center pl-1 align-middle">
        {selectable && <SelectBox id={id} checked={isSelected} reachable={isCurrent} onToggle={onSelect} />}
      </td>
      {columns.map((column) => {
        const cell = CELL[column](record, isLooked || touch, zone);
        return (
          <td key={column} className={cellClass(column, cell)} title={(isLooked && cell.detail?.()) || undefined}>
            {cell.content}
          </td>
        );
      })}
    </tr>
  );
});

const ROW_CLASS = 'absolute inset-x-0 grid h-[33px] [contain:strict] [grid-template-columns:var(--tracks)] border-line border-b pr-1.5';
// A browser's own sheet lets a cell inherit its vertical alignment, and what inherits so is styled anew whenever its row is moved.
const CELL_CLASS = 'whitespace-nowrap px-2.5 align-middle';
const TEXT_CLASS = `${CELL_CLASS} overflow-hidden text-ellipsis leading-8`;
const LINE_CLASS = `${CELL_CLASS} flex min-w-0 items-center gap-1.5`;
const TONE_CLASS = { mono: 'font-mono', muted: 'text-muted', faint: 'text-faint' };

function cellClass(column: ColumnId, { content, tone, isCut }: Cell): string {
  const isText = typeof content === 'string';
  return classNames(
    isText ? TEXT_CLASS : LINE_CLASS,
    isCut && 'overflow-hidden',
    tone && TONE_CLASS[tone],
    COLUMN_LOOK[column].right && 'text-right',
  );
}
