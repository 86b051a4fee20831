import * as z from 'zod/mini';
import { ERASURE_RULES } from '../retention';
import { auditKind } from './audit-kind';

const because = z.strictObject({ reason: z.string() });
const rule = z.enum(ERASURE_RULES);
const whose = { RETENTION: 'because its time was over', REQUEST: 'at a request' };

/** What is kept and for how long, what was erased, and evidence that changed by itself. */
export const RETENTION_KINDS = {
  'hold.placed': auditKind(because, ({ reason }) => `put the case under legal hold: ${reason}`),
  'hold.lifted': auditKind(because, ({ reason }) => `lifted the legal hold: ${reason}`),
  'case.erased': auditKind(
    z.strictObject({
      runId: z.string(),
      rule,
      reason: z.string(),
      policyVersion: z.int(),
      retentionDays: z.int(),
      counts: z.record(z.string(), z.number()),
    }),
    ({ rule: by, policyVersion }) => `erased what was written about the case, ${whose[by]} (policy ${policyVersion})`,
  ),
  'erasure.run': auditKind(
    z.strictObject({ runId: z.string(), rule, erased: z.int(), refused: z.int() }),
    ({ erased, refused }) => `ran an erasure over ${erased + refused} cases, ${refused} of them refused`,
  ),
  'evidence.changed': auditKind(
    z.strictObject({ file: z.string(), beforeSha256: z.string(), afterSha256: z.string(), isOriginal: z.optional(z.boolean()) }),
    ({ file, beforeSha256, afterSha256, isOriginal }) =>
      isOriginal
        ? `found that ${file} holds its original bytes again (sha256 ${afterSha256.slice(0, 12)}…; ${beforeSha256.slice(0, 12)}… in between)`
        : `found that ${file} is no longer what it was (sha256 ${beforeSha256.slice(0, 12)}… before, ${afterSha256.slice(0, 12)}… now)`,
  ),
} as const;
