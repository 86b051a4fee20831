import * as z from 'zod/mini';
import { auditKind } from './audit-kind';

const asked = { exportId: z.string(), kind: z.string(), format: z.string(), query: z.string() };
const named = ({ kind, format }: { kind: string; format: string }) => `${kind.replace('-', ' ')}${format === 'pack' ? '' : ` (${format})`}`;

/** Extracts: asked for, finished, taken away. */
export const EXPORT_KINDS = {
  'export.created': auditKind(
    z.strictObject(asked),
    (data) => `asked for an export of the ${named(data)}${data.query === '' ? ', all of it' : `, narrowed to ${data.query}`}`,
  ),
  'export.finished': auditKind(
    z.strictObject({ ...asked, rows: z.int(), bytes: z.int(), headSeq: z.nullable(z.int()), manifestSha256: z.string() }),
    (data) => `received an export of the ${named(data)} with ${data.rows} rows, manifest ${data.manifestSha256.slice(0, 16)}…`,
  ),
  /** The log it belongs to contradicts what was signed, so nothing was exported. */
  'export.refused': auditKind(
    z.strictObject({ ...asked, reason: z.string() }),
    (data) => `was refused an export of the ${named(data)}: ${data.reason}`,
  ),
  'export.cancelled': auditKind(z.strictObject(asked), (data) => `cancelled an export of the ${named(data)}`),
  'export.downloaded': auditKind(z.strictObject(asked), (data) => `downloaded an export of the ${named(data)}`),
  /** The file holds what was known of a case that was erased. */
  'export.removed': auditKind(
    z.strictObject({ ...asked, verificationId: z.int() }),
    (data) => `removed the file of an export of the ${named(data)}, because case ${data.verificationId} in it was erased`,
  ),
} as const;
