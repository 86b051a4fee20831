import * as z from 'zod/mini';
import type { Approval } from './approval';
import { type DecisionView, decisionView } from './decision-view';
import { evidenceShown } from './evidence-shown';
import { type FeatureChecklist, featureChecklist } from './feature-checklist';
import { DECISION_OUTCOMES, type DecisionOutcome, isOverride, REASON_CODE_NAMES, type ReasonCode, reasonCodesFor } from './reason-codes';
import { Refusal } from './refusal';
import { isStorableText, NOT_STORABLE } from './storable-text';
import type { EvidenceCategory, MachineResult } from './verification';

export const RATIONALE_MAX = 4000;
export const RATIONALE_MIN = 10;

/** What a reviewer sends. `version` is the number of decisions she saw; the next one gets `version + 1`. */
export const decisionInput = z.strictObject({
  version: z.int('Send the version you saw, a whole number.').check(z.nonnegative('Send the version you saw, 0 or more.')),
  outcome: z.enum(DECISION_OUTCOMES, `Choose an outcome: ${DECISION_OUTCOMES.join(', ')}.`),
  reasonCodes: z
    .array(z.enum(REASON_CODE_NAMES as [ReasonCode, ...ReasonCode[]], 'This is not a reason code of the list.'))
    .check(z.maxLength(5, 'Choose at most five reasons.')),
  features: z.optional(featureChecklist),
  rationale: z
    .string('Write the rationale as text.')

    .check(
      z.trim(),
      z.refine(isStorableText, NOT_STORABLE),
      z.maxLength(RATIONALE_MAX, `Keep the rationale under ${RATIONALE_MAX} characters.`),
    ),
  view: z.optional(z.nullable(decisionView)),
  shown: z.optional(evidenceShown),
});

export type DecisionInput = z.infer<typeof decisionInput>;

/** A reviewer's judgement as it was stored. Never edited; the highest version is in force. */
export interface Decision {
  id: string;
  verificationId: number;
  version: number;
  outcome: DecisionOutcome;
  machineResult: MachineResult;
  isOverride: boolean;
  reasonCodes: ReasonCode[];
  /** What was compared feature by feature; absent or null when she filled in nothing. */
  features?: FeatureChecklist | null | undefined;
  rationale: string;
  proposerId: string;
  proposerName: string;
  /** Milliseconds since 1970. */
  decidedAt: number;
  /**
   * Hex sha256 of the files as the reviewer was shown them, null when that was not compared.
   */
  idSha256: string | null;
  selfieSha256: string | null;
  /** Files that could not be compared with what the reviewer was shown, as they confirmed; absent or empty when both were. */
  unchecked?: EvidenceCategory[] | undefined;
  /** Hex sha256 of the upstream's record as it was when decided. */
  snapshotHash: string;
  /** The version of the rules it was made under; 0 is what the console came with. */
  policyVersion: number;
  /** Why a second person has to agree, as one sentence; null when it stands alone. */
  secondPerson: string | null;
  /** That second person's verdict; null while there is none. */
  approval: Approval | null;
  /** When the one who made it took it back; null when it stands. */
  withdrawnAt: number | null;
  /** When she had claimed the case; null without a claim. */
  claimedAt: number | null;
  /** How she looked at the pictures; absent or null when that was not recorded. */
  view?: DecisionView | null | undefined;
}

/**
 * The rule of a decision: outcome, reasons and rationale must fit each other and what the machine said.
 * Throws a Refusal `unprocessable` that names the field.
 */
export function checkDecision(machineResult: MachineResult, input: DecisionInput): { isOverride: boolean } {
  const allowed = reasonCodesFor(machineResult, input.outcome);
  const stray = input.reasonCodes.find((code) => !allowed.includes(code));
  if (stray) throw new Refusal('unprocessable', `The reason ${stray} does not fit this outcome. Choose another.`, { field: 'reasonCodes' });
  const override = isOverride(machineResult, input.outcome);
  if (allowed.length > 0 && input.reasonCodes.length === 0)
    throw new Refusal('unprocessable', 'Choose at least one reason.', { field: 'reasonCodes' });
  if ((override || input.reasonCodes.includes('OTHER')) && input.rationale.length < RATIONALE_MIN)
    throw new Refusal(
      'unprocessable',
      `Say why in at least ${RATIONALE_MIN} characters: a decision against the machine needs its reasons.`,
      {
        field: 'rationale',
      },
    );
  return { isOverride: override };
}
