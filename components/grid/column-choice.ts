import { Refusal } from '@/lib/domain/refusal';

/** Every column there is, in the order in which a hidden one is offered. */
export const COLUMN_LABEL = {
  id: 'ID',
  result: 'Result',
  state: 'State',
  customer: 'Customer',
  idFile: 'ID file',
  idSize: 'ID size',
  idType: 'ID type',
  selfieFile: 'Selfie',
  selfieSize: 'Selfie size',
  selfieType: 'Selfie type',
  faces: 'Faces',
  match: 'Match',
  confidence: 'Least sure face',
  findings: 'Findings',
  tags: 'Tags',
  model: 'Model',
  reviewer: 'Reviewer',
  assignee: 'Given to',
  decided: 'Decided',
  received: 'Received',
} as const;

export type ColumnId = keyof typeof COLUMN_LABEL;

const isColumnId = (value: string): value is ColumnId => Object.hasOwn(COLUMN_LABEL, value);
export const COLUMN_IDS = Object.keys(COLUMN_LABEL).filter(isColumnId);

/** Shown when the URL names none. */
export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  'id',
  'result',
  'state',
  'customer',
  'idFile',
  'selfieFile',
  'faces',
  'match',
  'findings',
  'received',
];

/** The column that holds the link to the case: it can be moved, never hidden. */
export const FIXED_COLUMN: ColumnId = 'id';

/**
 * Reads `columns=id,result,...`: the shown columns in their order; null or empty means the usual ones. The ID column is
 * put first where it is left out. Throws a Refusal `bad-request` that names an unknown or repeated column.
 */
export function parseColumns(text: string | null): readonly ColumnId[] {
  if (!text) return DEFAULT_COLUMNS;
  const columns: ColumnId[] = [];
  for (const name of text.split(',')) {
    if (!isColumnId(name)) throw new Refusal('bad-request', `columns names “${name}”, which is no column.`, { field: 'columns' });
    if (columns.includes(name)) throw new Refusal('bad-request', `columns names ${name} twice.`, { field: 'columns' });
    columns.push(name);
  }
  return columns.includes(FIXED_COLUMN) ? columns : [FIXED_COLUMN, ...columns];
}

/** What the URL carries; null for the usual columns, which it leaves out. */
export function formatColumns(columns: readonly ColumnId[]): string | null {
  const text = columns.join(',');
  return text === DEFAULT_COLUMNS.join(',') ? null : text;
}

/** Hides a shown column, or shows a hidden one right after the shown column that precedes it in the list of all. */
export function toggleColumn(columns: readonly ColumnId[], column: ColumnId): readonly ColumnId[] {
  if (column === FIXED_COLUMN) return columns;
  if (columns.includes(column)) return columns.filter((shown) => shown !== column);
  const before = COLUMN_IDS.slice(0, COLUMN_IDS.indexOf(column)).findLast((candidate) => columns.includes(candidate));
  return columns.toSpliced(before ? columns.indexOf(before) + 1 : 0, 0, column);
}

/** All columns in the order of the shown ones, each hidden one where showing it would put it, so that a choice moves nothing. */
export function columnsInOrder(columns: readonly ColumnId[]): readonly ColumnId[] {
  return COLUMN_IDS.reduce((listed, id) => (listed.includes(id) ? listed : toggleColumn(listed, id)), columns);
}

/** Moves a shown column by one place; at the edge it stays. */
export function moveColumn(columns: readonly ColumnId[], column: ColumnId, by: -1 | 1): readonly ColumnId[] {
  const from = columns.indexOf(column);
  const to = from + by;
  if (from < 0 || to < 0 || to >= columns.length) return columns;
  return columns.toSpliced(from, 1).toSpliced(to, 0, column);
}
