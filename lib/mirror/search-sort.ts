import type { SearchSort } from '@/lib/domain/search-query';

/** How a column is sorted by: its key in SQL (never null, `r` is console.record) and the type a cursor casts to. */
interface SortKey {
  key: string;
  type: string;
}

/** The keys are those of the indexes of migrations 0009 and 0019, letter by letter; else no index would be used. */
export const SORT_KEYS: Record<SearchSort, SortKey> = {
  receivedAt: { key: `coalesce(r.received_at, '-infinity'::timestamptz)`, type: 'timestamptz' },
  verificationId: { key: 'r.verification_id', type: 'bigint' },
  machineResult: { key: 'r.machine_result', type: 'text' },
  state: { key: 'r.state', type: 'text' },
  idFileName: { key: 'r.id_file_name', type: 'text' },
  idFileSize: { key: 'coalesce(r.id_file_size, -1)', type: 'bigint' },
  idFileType: { key: 'r.id_file_type', type: 'text' },
  selfieFileName: { key: 'r.selfie_file_name', type: 'text' },
  selfieFileSize: { key: 'coalesce(r.selfie_file_size, -1)', type: 'bigint' },
  selfieFileType: { key: 'r.selfie_file_type', type: 'text' },
  similarity: { key: `coalesce(r.similarity, '-infinity'::real)`, type: 'real' },
  confidence: { key: `coalesce(r.confidence, '-infinity'::real)`, type: 'real' },
  modelVersion: { key: `coalesce(r.model_version, '')`, type: 'text' },
  customer: { key: `coalesce(r.customer, '')`, type: 'text' },
  tags: { key: `coalesce(r.tag_text, '')`, type: 'text' },
  faces: { key: `coalesce(r.faces, '{-1,-1}'::bigint[])`, type: 'bigint[]' },
  findings: { key: 'r.warnings', type: 'integer' },
  reviewer: { key: `coalesce(r.reviewer_name, '')`, type: 'text' },
  assignee: { key: `coalesce(r.assignee_name, '')`, type: 'text' },
  decidedAt: { key: `coalesce(r.decided_at, '-infinity'::timestamptz)`, type: 'timestamptz' },
};
