import type { Tag } from '@/lib/domain/verification';

/** A tag being written; `key` stays with its row. */
export interface TagRow extends Tag {
  key: number;
}

export const FIRST_ROWS: readonly TagRow[] = [{ key: 0, name: 'customerId', value: '' }];

export function withRow(rows: readonly TagRow[]): TagRow[] {
  return [...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, name: '', value: '' }];
}
