import { COLUMN_IDS, type ColumnId } from './column-choice';

interface ColumnLook {
  /** CSS pixels; for a `grows` column the least it may have. */
  width: number;
  grows?: boolean;
  /** Right-aligned. */
  right?: boolean;
}

/** The column of boxes before all others. */
export const SELECT_WIDTH = 36;

export const COLUMN_LOOK: Record<ColumnId, ColumnLook> = {
  id: { width: 80 },
  result: { width: 124 },
  state: { width: 244 },
  customer: { width: 112 },
  idFile: { width: 124, grows: true },
  idSize: { width: 88, right: true },
  idType: { width: 84 },
  selfieFile: { width: 124, grows: true },
  selfieSize: { width: 104, right: true },
  selfieType: { width: 104 },
  faces: { width: 72, right: true },
  match: { width: 72, right: true },
  confidence: { width: 116, right: true },
  findings: { width: 150, grows: true },
  tags: { width: 160, grows: true },
  model: { width: 140 },
  reviewer: { width: 132 },
  assignee: { width: 132 },
  decided: { width: 140, right: true },
  received: { width: 140, right: true },
};

/** The look of a column the table names by its id. */
export function lookOf(columnId: string): ColumnLook {
  const known = COLUMN_IDS.find((id) => id === columnId);
  if (!known) throw new Error(`No column is called ${columnId}.`);
  return COLUMN_LOOK[known];
}
