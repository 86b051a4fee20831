import * as z from 'zod/mini';
import { problemSentence } from '../evidence-problem';
import { auditKind } from './audit-kind';

/** Evidence files that were read first, were lost, came back, or held other bytes for a time. That they changed is `evidence.changed`. */
export const EVIDENCE_KINDS = {
  'evidence.first-seen': auditKind(
    z.strictObject({ file: z.string(), sha256: z.string(), size: z.int() }),
    ({ file, sha256, size }) => `read ${file} to its end for the first time (${size} bytes, sha256 ${sha256.slice(0, 12)}…)`,
  ),
  'evidence.lost': auditKind(
    z.strictObject({ file: z.string(), problem: z.string() }),
    ({ file, problem }) => `could not read ${file}: ${problemSentence(problem).replace(/^The/, 'the').replace(/\.$/, '')}`,
  ),
  'evidence.restored': auditKind(z.strictObject({ file: z.string() }), ({ file }) => `read ${file} again after it was lost`),
  /** Whether a lost file is missing from its case depends on the record, which may be replaced. */
  'evidence.loss-reviewed': auditKind(z.strictObject({ file: z.string(), named: z.boolean() }), ({ file, named }) =>
    named ? `found that the record names ${file}, which is lost` : `found that the record no longer names ${file}, which is lost`,
  ),
  'evidence.acknowledged': auditKind(
    z.strictObject({ file: z.string(), reason: z.string(), originalSha256: z.string(), otherSha256: z.array(z.string()) }),
    ({ file, reason }) => `acknowledged that ${file} held other bytes for a time and is the original again: ${reason}`,
  ),
} as const;
