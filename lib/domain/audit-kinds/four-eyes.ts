import * as z from 'zod/mini';
import { evidenceShown, uncheckedText } from '../evidence-shown';
import { DECISION_OUTCOMES, OUTCOME_LABEL } from '../reason-codes';
import { auditKind } from './audit-kind';
import { grounds, groundsText } from './grounds';

const verdict = z.strictObject({
  decisionId: z.string(),
  version: z.int(),
  comment: z.string(),
  shown: z.optional(evidenceShown),
});

/** The second reviewer, the blind re-review, and the policy both follow. */
export const FOUR_EYES_KINDS = {
  'approval.given': auditKind(
    verdict,
    ({ version, comment, shown }) => `agreed to decision ${version}${comment && `: ${comment}`}${uncheckedText(shown)}`,
  ),
  'approval.refused': auditKind(verdict, ({ version, comment }) => `disagreed with decision ${version}: ${comment}`),
  'qa.reviewed': auditKind(
    z.strictObject({
      decisionId: z.string(),
      outcome: z.enum(DECISION_OUTCOMES),
      reasonCodes: z.array(z.string()),
      comment: z.string(),
      agrees: z.boolean(),
      shown: z.optional(evidenceShown),
    }),
    ({ outcome, agrees, shown }) =>
      `re-reviewed blind: ${OUTCOME_LABEL[outcome]}, ${agrees ? 'as' : 'other than'} decided before${uncheckedText(shown)}`,
  ),
  'policy.changed': auditKind(
    z.strictObject({ version: z.int(), settings: z.record(z.string(), z.unknown()), reason: z.string(), ...grounds }),
    (data) => `changed the policy to version ${data.version}${groundsText(data)}: ${data.reason}`,
  ),
} as const;
