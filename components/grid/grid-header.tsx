import type { Column } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { classNames } from '../ui/class-names';
import { isReadersClock, zoneName } from '../ui/format-time';
import { useTimeZone } from '../ui/time-zone';
import { useInBrowser } from '../ui/use-in-browser';
import { lookOf } from './column-look';
import type { features } from './columns';
import type { GridRecord } from './grid-record';

export const HEAD_CLASS = 'flex h-8 min-w-0 items-center whitespace-nowrap text-left font-medium text-muted text-xs';

export interface GridHeaderProps {
  column: Column<typeof features, GridRecord>;
  sorted: 'asc' | 'desc' | false;
  /** Undefined where the source cannot sort by it. */
  onSort: (() => void) | undefined;
}

/** A column's head; a button where the source can sort by it. */
export function GridHeader({ column, sorted, onSort }: GridHeaderProps) {
  const { right } = lookOf(column.id);
  const label = useLabel(column.id, String(column.columnDef.header));
  if (!onSort) {
    return (
      <th scope="col" className={classNames(HEAD_CLASS, 'px-2.5', right && 'justify-end')}>
        {label}
      </th>
    );
  }
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
      className={classNames(HEAD_CLASS, 'group/head')}
    >
      <button
        type="button"
        onClick={onSort}
        title={`Sort by ${label}`}
        className={classNames(
          'flex h-full w-full items-center gap-1 px-2.5 -outline-offset-2 hover:text-text',
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

/** The head of a column of times names their zone where the reader's own clock shows another time. */
function useLabel(column: string, header: string): string {
  const zone = useTimeZone();
  const inBrowser = useInBrowser();
  const isTime = column === 'received' || column === 'decided';
  return isTime && inBrowser && !isReadersClock(Date.now(), zone) ? `${header} (${zoneName(Date.now(), zone)})` : header;
}
