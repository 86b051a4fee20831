import type { ColumnId } from './column-choice';
import { COLUMN_LOOK } from './column-look';

/** The least width in CSS pixels at which these columns can be read; narrower windows scroll the table sideways. */
export function tableWidth(columns: readonly ColumnId[]): number {
  return columns.reduce((sum, id) => sum + COLUMN_LOOK[id].width, 0);
}

/** A fixed layout needs the widths once; columns without one share what is left. */
export function ColumnWidths({ columns }: { columns: readonly ColumnId[] }) {
  return (
    <colgroup>
      {columns.map((id) => (
        <col key={id} style={COLUMN_LOOK[id].grows ? undefined : { width: COLUMN_LOOK[id].width }} />
      ))}
    </colgroup>
  );
}
