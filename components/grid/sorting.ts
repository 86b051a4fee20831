import type { Direction, GridQuery, SortField } from '@/lib/domain/grid-query';
import type { ColumnId } from './column-choice';

interface SortWords {
  column: ColumnId;
  /** The direction the first click gives. */
  first: Direction;
  label: string;
  asc: string;
  desc: string;
}

const words = (column: ColumnId, label: string, first: Direction, asc: string, desc: string): SortWords => ({
  column,
  label,
  first,
  asc,
  desc,
});

/** The upstream's nine sort fields, the column each belongs to, and the words for both directions. */
export const SORTS: Record<SortField, SortWords> = {
  timestamp: words('received', 'Received', 'desc', 'oldest first', 'newest first'),
  verificationId: words('id', 'ID', 'desc', 'lowest first', 'highest first'),
  verified: words('result', 'Result', 'asc', 'not verified first', 'verified first'),
  idFileName: words('idFile', 'ID file', 'asc', 'A to Z', 'Z to A'),
  idFileSize: words('idSize', 'ID size', 'desc', 'smallest first', 'largest first'),
  idFileType: words('idType', 'ID type', 'asc', 'A to Z', 'Z to A'),
  selfieFileName: words('selfieFile', 'Selfie', 'asc', 'A to Z', 'Z to A'),
  selfieFileSize: words('selfieSize', 'Selfie size', 'desc', 'smallest first', 'largest first'),
  selfieFileType: words('selfieType', 'Selfie type', 'asc', 'A to Z', 'Z to A'),
};

/** The sort field of a column, or undefined for a column the upstream cannot sort by. */
export function sortFieldOf(column: string): SortField | undefined {
  for (const field in SORTS) if (isSortField(field) && SORTS[field].column === column) return field;
  return undefined;
}

export function isSortField(value: string): value is SortField {
  return Object.hasOwn(SORTS, value);
}

/** The query under another order, from its first page. */
export function sortedBy(query: GridQuery, sortBy: SortField, direction: Direction): GridQuery {
  return { ...query, sortBy, direction, offset: 0 };
}

/** "Received, newest first". */
export function sortText({ sortBy, direction }: GridQuery): string {
  return `${SORTS[sortBy].label}, ${SORTS[sortBy][direction]}`;
}
