import { classNames } from '../ui/class-names';
import { COLUMN_LABEL, type ColumnId, DEFAULT_COLUMNS } from './column-choice';
import { COLUMN_LOOK } from './column-look';
import { ColumnWidths, tableWidth } from './column-widths';
import { HEADER_CLASS } from './grid-header';

/** Bars where rows will be, as high as they will be. */
export function GridSkeleton({ columns = DEFAULT_COLUMNS, rows }: { columns?: readonly ColumnId[]; rows: number }) {
  const lines = Array.from({ length: rows }, (_, index) => index);
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden bg-surface">
      <span className="sr-only">Loading verifications</span>
      <table
        aria-hidden="true"
        className="hidden w-full table-fixed border-separate border-spacing-0 sm:table"
        style={{ minWidth: tableWidth(columns) }}
      >
        <ColumnWidths columns={columns} />
        <thead>
          <tr>
            {columns.map((id) => (
              <th key={id} className={classNames(HEADER_CLASS, 'px-2.5 first:pl-4 last:pr-4', COLUMN_LOOK[id].right && 'text-right')}>
                {COLUMN_LABEL[id]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line}>
              {columns.map((id, at) => (
                <td key={id} className="h-[33px] border-line border-b px-2.5 py-0 first:pl-4 last:pr-4">
                  <span
                    className={classNames('block h-3 animate-pulse rounded bg-line', COLUMN_LOOK[id].right && 'ml-auto')}
                    style={{ width: `${barWidth(line, at)}%` }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
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
