import { type CSSProperties, type MouseEvent, memo } from 'react';
import { classNames } from '../ui/class-names';
import type { ColumnId } from './column-choice';
import { COLUMN_LOOK } from './column-look';
import { CELL } from './columns';
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
  selectable: boolean;
  isSelected: boolean;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
  onSelect: (id: number) => void;
}

/** One record. A press anywhere opens it; the link in it is the keyboard's way and the screen reader's. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { record, index, top, columns, isCurrent, selectable, isSelected, onMark, onOpen, onSelect } = props;
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
      style={style}
      className={classNames(
        ROW_CLASS,
        'group/row cursor-pointer',
        isCurrent ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]' : isSelected ? 'bg-accent-soft/50' : 'hover:bg-raised',
      )}
    >
      <td className="flex items-center justify-center pl-1">
        {selectable && <SelectBox id={id} checked={isSelected} reachable={isCurrent} onToggle={onSelect} />}
      </td>
      {columns.map((column) => (
        <td
          key={column}
          className={classNames(
            'overflow-hidden text-ellipsis whitespace-nowrap px-2.5 leading-8 last:pr-4 [&>span.flex]:h-8',
            COLUMN_LOOK[column].right && 'text-right',
          )}
        >
          {CELL[column](record)}
        </td>
      ))}
    </tr>
  );
});

const ROW_CLASS = 'absolute inset-x-0 grid h-[33px] [contain:strict] [grid-template-columns:var(--tracks)] border-line border-b';
