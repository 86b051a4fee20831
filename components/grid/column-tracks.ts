import type { ColumnId } from './column-choice';
import { COLUMN_LOOK, SELECT_WIDTH } from './column-look';

/** The least width in CSS pixels at which these columns can be read; narrower windows scroll the table sideways. */
export function tableWidth(columns: readonly ColumnId[]): number {
  return columns.reduce((sum, id) => sum + COLUMN_LOOK[id].width, SELECT_WIDTH);
}

/** The widths as a CSS grid has them: every row lays itself out alike, and none has to look at another. */
export function columnTracks(columns: readonly ColumnId[]): string {
  const widths = columns.map((id) => (COLUMN_LOOK[id].grows ? `minmax(${COLUMN_LOOK[id].width}px, 1fr)` : `${COLUMN_LOOK[id].width}px`));
  return [`${SELECT_WIDTH}px`, ...widths].join(' ');
}
