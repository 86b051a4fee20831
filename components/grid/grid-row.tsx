import { FlexRender, type Row } from '@tanstack/react-table';
import { type MouseEvent, memo } from 'react';
import type { Verification } from '@/lib/domain/verification';
import { classNames } from '../ui/class-names';
import type { ColumnId } from './column-choice';
import { lookOf } from './column-look';
import type { features } from './columns';

export interface GridRowProps {
  row: Row<typeof features, Verification>;
  /** The shown columns: a row object stays the same when they change. */
  columns: readonly ColumnId[];
  isCurrent: boolean;
  onMark: (id: number) => void;
  onOpen: (id: number, newTab: boolean) => void;
}

/** One record. A press anywhere opens it; the link in it is the keyboard's way and the screen reader's. */
export const GridRow = memo(function GridRow({ row, isCurrent, onMark, onOpen }: GridRowProps) {
  const { id } = row.original;
  const onClick = (event: MouseEvent<HTMLTableRowElement>) => {
    if (event.target instanceof Element && event.target.closest('a,button')) return;
    // Text was marked to be copied, the case not asked for.
    if (window.getSelection()?.type === 'Range') return;
    onOpen(id, event.ctrlKey || event.metaKey);
  };
  return (
    <tr
      data-row={id}
      aria-current={isCurrent || undefined}
      onClick={onClick}
      onFocus={() => onMark(id)}
      className={classNames('group/row cursor-pointer scroll-mt-8', isCurrent ? 'bg-accent-soft' : 'hover:bg-raised')}
    >
      {row.getVisibleCells().map((cell) => (
        <td
          key={cell.id}
          className={classNames(
            'h-[33px] overflow-hidden text-ellipsis whitespace-nowrap border-line border-b px-2.5 py-0 first:pl-4 last:pr-4',
            lookOf(cell.column.id).right && 'text-right',
            isCurrent && 'first:shadow-[inset_3px_0_var(--accent)]',
          )}
        >
          <FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  );
});
