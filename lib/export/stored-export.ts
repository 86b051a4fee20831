import { z } from 'zod';
import { EXPORT_STATES, EXTRACT_FORMATS, EXTRACTS, type ExportSummary } from '@/lib/domain/export';

const instant = z.date().transform((date) => date.getTime());
const count = z.bigint().transform(Number);

const row = z.object({
  id: z.string(),
  kind: z.enum(EXTRACTS),
  format: z.enum(EXTRACT_FORMATS),
  query: z.string(),
  byName: z.string(),
  createdAt: instant,
  state: z.enum(EXPORT_STATES),
  rows: count,
  total: count.nullable(),
  bytes: count,
  headSeq: count.nullable(),
  manifestSha256: z.string().nullable(),
  failure: z.string().nullable(),
  finishedAt: instant.nullable(),
  expiresAt: instant.nullable(),
});

/** An export's row as the screens see it. */
export function storedExport(stored: unknown): ExportSummary {
  return row.parse(stored);
}
