import * as z from 'zod/mini';
import { decisionView } from '../decision-view';
import { evidenceShown, uncheckedText } from '../evidence-shown';
import { featureChecklist, featureSentence } from '../feature-checklist';
import { DECISION_OUTCOMES, OUTCOME_LABEL } from '../reason-codes';
import { auditKind } from './audit-kind';

/** Records and what people wrote and decided about them. */
export const REVIEW_KINDS = {
  'evidence.viewed': auditKind(z.strictObject({ file: z.string() }), ({ file }) => `opened ${file}`),
  /** Before anything is sent: whatever the answer, there is a trace. Its subject is `submission:<value of its tag>`. */
  'verification.submitting': auditKind(
    z.strictObject({ submission: z.string() }),
    ({ submission }) => `began the submission ${submission}`,
  ),
  'verification.submitted': auditKind(
    z.strictObject({ submission: z.string(), idFileName: z.string(), selfieFileName: z.string() }),
    ({ idFileName, selfieFileName }) => `submitted ${idFileName} and ${selfieFileName}`,
  ),
  'note.added': auditKind(z.strictObject({ noteId: z.string(), text: z.string() }), ({ text }) => `noted: ${text}`),
  /** The record of a case whose decision counts or waits for its second reviewer. `afterSha256` is null when the record is gone. */
  'record.changed': auditKind(
    z.strictObject({ decisionId: z.string(), version: z.int(), beforeSha256: z.string(), afterSha256: z.nullable(z.string()) }),
    ({ version, beforeSha256, afterSha256 }) =>
      afterSha256 === null
        ? `found that the verification service no longer has the record decision ${version} was made on`
        : `found that the verification service replaced the record after decision ${version} (sha256 ${beforeSha256.slice(0, 12)}… then, ${afterSha256.slice(0, 12)}… now)`,
  ),
  'decision.made': auditKind(
    z.strictObject({
      decisionId: z.string(),
      version: z.int(),
      outcome: z.enum(DECISION_OUTCOMES),
      isOverride: z.boolean(),
      machineResult: z.enum(['VERIFIED', 'NOT_VERIFIED']),
      reasonCodes: z.array(z.string()),
      features: z.optional(z.nullable(featureChecklist)),
      rationale: z.string(),
      idSha256: z.nullable(z.string()),
      selfieSha256: z.nullable(z.string()),
      snapshotHash: z.string(),
      policyVersion: z.optional(z.int()),
      secondPerson: z.optional(z.nullable(z.string())),
      claimedAt: z.optional(z.nullable(z.number())),
      view: z.optional(z.nullable(decisionView)),
      shown: z.optional(evidenceShown),
    }),
    ({ outcome, isOverride, reasonCodes, features, secondPerson, shown }) => {
      const kind = `${isOverride ? ', overriding the machine' : ''}${secondPerson ? ', for a second person to answer' : ''}`;
      const reasons = reasonCodes.length > 0 ? ` for ${reasonCodes.join(', ')}` : '';
      const compared = features ? `; ${featureSentence(features)}` : '';
      return `decided: ${OUTCOME_LABEL[outcome]}${kind}${reasons}${compared}${uncheckedText(shown)}`;
    },
  ),
} as const;
