import { COLUMN_IDS, type ColumnId } from './column-choice';

interface ColumnLook {
  /** CSS pixels; for a `grows` column the least it may have. */
  width: number;
  grows?: boolean;
  /** Right-aligned. */
  right?: boolean;
}

export const COLUMN_LOOK: Record<ColumnId, ColumnLook> = {
  id: { width: 84 },
  result: { width: 124 },
  state: { width: 244 },
  customer: { width: 112 },
  idFile: { width: 140, grows: true },
  idSize: { width: 88, right: true },
  idType: { width: 84 },
  selfieFile: { width: 140, grows: true },
  selfieSize: { width: 104, right: true },
  selfieType: { width: 104 },
  faces: { width: 72, right: true },
  match: { width: 72, right: true },
  findings: { width: 150, grows: true },
  tags: { width: 160, grows: true },
  model: { width: 140 },
  received: { width: 140, right: true },
};

/** The look of a column the table names by its id. */
export function lookOf(columnId: string): ColumnLook {
  const known = COLUMN_IDS.find((id) => id === columnId);
  if (!known) throw new Error(`No column is called ${columnId}.`);
  return COLUMN_LOOK[known];
}
