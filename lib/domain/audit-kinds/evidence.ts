import * as z from 'zod/mini';
import { problemSentence } from '../evidence-problem';
import { auditKind } from './audit-kind';

/** Evidence files that were lost, came back, or held other bytes for a time. That they changed is `evidence.changed`. */
export const EVIDENCE_KINDS = {
  'evidence.lost': auditKind(
    z.strictObject({ file: z.string(), problem: z.string() }),
    ({ file, problem }) => `could not read ${file}: ${problemSentence(problem).replace(/^The/, 'the').replace(/\.$/, '')}`,
  ),
  'evidence.restored': auditKind(z.strictObject({ file: z.string() }), ({ file }) => `read ${file} again after it was lost`),
  'evidence.acknowledged': auditKind(
    z.strictObject({ file: z.string(), reason: z.string(), originalSha256: z.string(), otherSha256: z.array(z.string()) }),
    ({ file, reason }) => `acknowledged that ${file} held other bytes for a time and is the original again: ${reason}`,
  ),
} as const;
