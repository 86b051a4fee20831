import type { SearchSort } from '@/lib/domain/search-query';

/** A part of what a column is sorted by: SQL that is never null, `r` being console.record, and the type a cursor casts to. */
interface SortPart {
  key: string;
  type: string;
}

const RECEIVED = { key: `coalesce(r.received_at, '-infinity'::timestamptz)`, type: 'timestamptz' };

/**
 * What each column is sorted by; the record's number decides between equals. Columns of few values sort by the time within each.
 * The keys are those of the indexes of migrations 0009, 0019 and 0021, letter by letter; else no index would be used.
 */
export const SORT_KEYS: Record<SearchSort, readonly SortPart[]> = {
  receivedAt: [RECEIVED],
  verificationId: [{ key: 'r.verification_id', type: 'bigint' }],
  machineResult: [{ key: 'r.machine_result', type: 'text' }, RECEIVED],
  state: [{ key: 'r.state', type: 'text' }, RECEIVED],
  idFileName: [{ key: 'r.id_file_name', type: 'text' }],
  idFileSize: [{ key: 'coalesce(r.id_file_size, -1)', type: 'bigint' }],
  idFileType: [{ key: 'r.id_file_type', type: 'text' }],
  selfieFileName: [{ key: 'r.selfie_file_name', type: 'text' }],
  selfieFileSize: [{ key: 'coalesce(r.selfie_file_size, -1)', type: 'bigint' }],
  selfieFileType: [{ key: 'r.selfie_file_type', type: 'text' }],
  similarity: [{ key: `coalesce(r.similarity, '-infinity'::real)`, type: 'real' }],
  confidence: [{ key: `coalesce(r.confidence, '-infinity'::real)`, type: 'real' }],
  modelVersion: [{ key: `coalesce(r.model_version, '')`, type: 'text' }, RECEIVED],
  customer: [{ key: `coalesce(r.customer, '')`, type: 'text' }],
  tags: [{ key: `coalesce(r.tag_text, '')`, type: 'text' }],
  faces: [{ key: `coalesce(r.faces, '{-1,-1}'::bigint[])`, type: 'bigint[]' }],
  findings: [{ key: 'r.warnings', type: 'integer' }],
  reviewer: [{ key: `coalesce(r.reviewer_name, '')`, type: 'text' }],
  assignee: [{ key: `coalesce(r.assignee_name, '')`, type: 'text' }],
  decidedAt: [{ key: `coalesce(r.decided_at, '-infinity'::timestamptz)`, type: 'timestamptz' }],
};

/** The order of rows of `r` in SQL. */
export function orderOf(sortBy: SearchSort, direction: 'ASC' | 'DESC'): string {
  return [...SORT_KEYS[sortBy].map(({ key }) => key), 'r.verification_id'].map((key) => `${key} ${direction}`).join(', ');
}

/** The sort keys of a row of `r`, as texts in one array. */
export function keysOf(sortBy: SearchSort): string {
  return `ARRAY[${SORT_KEYS[sortBy].map(({ key }) => `(${key})::text`).join(', ')}]`;
}
