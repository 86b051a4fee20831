import * as z from 'zod/mini';
import { dayOf } from './calendar-day';
import { isStorableText, NOT_STORABLE } from './storable-text';

export const EXTRACTS = ['population', 'audit-log', 'case-pack'] as const;
export type Extract = (typeof EXTRACTS)[number];

/** What rows can be written as. */
export const TABLE_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** `pack` is the form of a case: many files of their own kinds. */
export const EXTRACT_FORMATS = [...TABLE_FORMATS, 'pack'] as const;
export type ExtractFormat = (typeof EXTRACT_FORMATS)[number];

export const EXPORT_STATES = ['RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

export const EXTRACT_LABEL: Record<Extract, string> = { population: 'Population', 'audit-log': 'Audit log', 'case-pack': 'Case pack' };

const QUERY_MAX = 4000;

/** What is asked for. `query` is what stands behind the question mark of the list it is taken from. */
export const exportInput = z
  .strictObject({
    kind: z.enum(EXTRACTS, `Choose what to export: ${EXTRACTS.join(', ')}.`),
    format: z.enum(EXTRACT_FORMATS, `Choose a format: ${EXTRACT_FORMATS.join(', ')}.`),
    query: z._default(
      z
        .string('Send the filter as an address.')
        .check(z.maxLength(QUERY_MAX, 'The filter is too long.'), z.refine(isStorableText, NOT_STORABLE)),
      '',
    ),
  })
  .check(
    z.refine(({ kind, format }) => (kind === 'case-pack') === (format === 'pack'), {
      error: 'A case comes as a pack; the other two as csv, xlsx or jsonl.',
      path: ['format'],
    }),
  );
export type ExportInput = z.infer<typeof exportInput>;

/** An export as the screens see it. Times are milliseconds since 1970, null while they are to come. */
export const exportSummary = z.object({
  id: z.string(),
  kind: z.enum(EXTRACTS),
  format: z.enum(EXTRACT_FORMATS),
  query: z.string(),
  byName: z.string(),
  createdAt: z.number(),
  state: z.enum(EXPORT_STATES),
  /** Rows written so far, and how many there will be; null while that is being counted. */
  rows: z.number(),
  total: z.nullable(z.number()),
  /** Of the file so far. */
  bytes: z.number(),
  /** The number of the newest event there was when it was taken. */
  headSeq: z.nullable(z.number()),
  manifestSha256: z.nullable(z.string()),
  failure: z.nullable(z.string()),
  finishedAt: z.nullable(z.number()),
  expiresAt: z.nullable(z.number()),
});
export type ExportSummary = z.infer<typeof exportSummary>;

/** The name a downloaded export has, with the day it was made on in a zone. */
export function exportFileName({ kind, createdAt, id }: Pick<ExportSummary, 'kind' | 'createdAt' | 'id'>, zone: string): string {
  return `${kind}-${dayOf(createdAt, zone)}-${id.slice(0, 8)}.zip`;
}
