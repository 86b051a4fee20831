import type { Column } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Verification } from '@/lib/domain/verification';
import { classNames } from '../ui/class-names';
import { lookOf } from './column-look';
import type { features } from './columns';

export const HEADER_CLASS =
  'sticky top-0 z-10 h-8 whitespace-nowrap border-line border-b bg-raised p-0 text-left font-medium text-muted text-xs';

/** A column's head; a button where the upstream can sort by it. */
export function GridHeader({ column }: { column: Column<typeof features, Verification> }) {
  const { right } = lookOf(column.id);
  const label = String(column.columnDef.header);
  const sorted = column.getIsSorted();
  if (!column.getCanSort()) {
    return (
      <th scope="col" className={classNames(HEADER_CLASS, 'px-2.5 first:pl-4 last:pr-4', right && 'text-right')}>
        {label}
      </th>
    );
  }
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
      className={classNames(HEADER_CLASS, 'group/head')}
    >
      <button
        type="button"
        onClick={column.getToggleSortingHandler()}
        title={`Sort by ${label}`}
        className={classNames(
          'flex h-full w-full items-center gap-1 px-2.5 -outline-offset-2 hover:text-text group-first/head:pl-4 group-last/head:pr-4',
          right && 'flex-row-reverse',
          sorted && 'text-text',
        )}
      >
        {label}
        <Arrow
          aria-hidden="true"
          className={classNames('size-3 shrink-0', !sorted && 'opacity-0 group-hover/head:opacity-40')}
          strokeWidth={2.5}
        />
      </button>
    </th>
  );
}
