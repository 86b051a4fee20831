import type { CSSProperties } from 'react';
import { classNames } from '../ui/class-names';
import { COLUMN_LABEL, type ColumnId, DEFAULT_COLUMNS } from './column-choice';
import { COLUMN_LOOK } from './column-look';
import { columnTracks, tableWidth } from './column-tracks';

/** Bars where rows will be, as high as they will be. */
export function GridSkeleton({ columns = DEFAULT_COLUMNS, rows }: { columns?: readonly ColumnId[]; rows: number }) {
  const lines = Array.from({ length: rows }, (_, index) => index);
  const style: CSSProperties = { gridTemplateColumns: columnTracks(columns), minWidth: tableWidth(columns) };
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden bg-surface">
      <span className="sr-only">Loading verifications</span>
      <div aria-hidden="true" className="hidden sm:block">
        <div className="grid h-8 items-center border-line border-b bg-raised pr-1.5 font-medium text-muted text-xs" style={style}>
          <span />
          {columns.map((id) => (
            <span key={id} className={classNames('truncate px-2.5', COLUMN_LOOK[id].right && 'text-right')}>
              {COLUMN_LABEL[id]}
            </span>
          ))}
        </div>
        {lines.map((line) => (
          <div key={line} className="grid h-[33px] items-center border-line border-b pr-1.5" style={style}>
            <span className="mx-auto block size-3.5 animate-pulse rounded-sm bg-line" />
            {columns.map((id, at) => (
              <span key={id} className="px-2.5">
                <span
                  className={classNames('block h-3 animate-pulse rounded bg-line', COLUMN_LOOK[id].right && 'ml-auto')}
                  style={{ width: `${barWidth(line, at)}%` }}
                />
              </span>
            ))}
          </div>
        ))}
      </div>
      <ul aria-hidden="true" className="sm:hidden">
        {lines.slice(0, 8).map((line) => (
          <li key={line} className="flex flex-col gap-3 border-line border-b px-3 py-3">
            {[0, 1, 2].map((at) => (
              <span key={at} className="block h-3.5 animate-pulse rounded bg-line" style={{ width: `${barWidth(line, at)}%` }} />
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

// Uneven, as text is, and the same in every rendering.
function barWidth(line: number, column: number): number {
  return 45 + ((line * 7 + column * 13) % 5) * 9;
}
