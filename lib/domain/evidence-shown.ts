import * as z from 'zod/mini';
import { isOtherLength } from './evidence-problem';
import type { EvidenceState } from './evidence-state';
import { isStorableText, NOT_STORABLE } from './storable-text';
import type { EvidenceCategory } from './verification';

const shownHash = z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'A fingerprint is a sha256 in lower-case hex digits, or null.')));

/**
 * The bytes a reviewer was shown, as hex sha256 of each file. Null means that they were not compared, e.g. a clip that was played in
 * parts while its check was still running.
 */
export const evidenceShown = z.strictObject({ id: shownHash, face: shownHash });
export type EvidenceShown = z.infer<typeof evidenceShown>;

const REASON_MIN = 10;
const REASON_MAX = 1000;

/** What a reviewer sends to acknowledge that a file held other bytes for a time. */
export const acknowledgementInput = z.strictObject({
  file: z.string('Name the file.').check(z.minLength(1), z.maxLength(400)),
  reason: z
    .string('Write the reason as text.')
    .check(
      z.trim(),
      z.refine(isStorableText, NOT_STORABLE),
      z.minLength(REASON_MIN, `Give the reason in at least ${REASON_MIN} characters.`),
      z.maxLength(REASON_MAX, `Keep the reason under ${REASON_MAX} characters.`),
    ),
});
export type AcknowledgementInput = z.infer<typeof acknowledgementInput>;
export const ACKNOWLEDGEMENT_REASON = { min: REASON_MIN, max: REASON_MAX };

/** Where a reviewer's verdict does not fit the bytes that are known now. */
export type ShownProblem = 'other-bytes' | 'difference-unseen' | 'not-the-decided';

/**
 * Returns why a verdict may not be recorded on this file, or null. `named` is the hash its reviewer was shown, null for not compared,
 * undefined when their client does not say: then a file that differs cannot have been pointed out to them. Pure.
 */
export function shownProblem(state: EvidenceState, named: string | null | undefined): ShownProblem | null {
  if (typeof named === 'string' && named !== state.sha256) return 'other-bytes';
  if (typeof named !== 'string' && state.state === 'differs') return 'difference-unseen';
  // Whole bytes, but not as many as the record states: the file was replaced, and these bytes are never shown.
  if (named !== null && state.first && state.state === 'lost' && isOtherLength(state.problem)) return 'difference-unseen';
  return null;
}

/**
 * Returns why a second reviewer may not confirm a decision on this file, or null: besides the rule above, both must have judged the
 * same bytes. `decided` is the hash the decision names. Pure.
 */
export function confirmProblem(state: EvidenceState, named: string | null | undefined, decided: string | null): ShownProblem | null {
  const problem = shownProblem(state, named);
  if (problem) return problem;
  const judged = named ?? state.sha256;
  return decided !== null && judged !== null && judged !== decided ? 'not-the-decided' : null;
}

/** Returns the hash a verdict is recorded with: what its reviewer named; where their client does not say, what was read last. Pure. */
export function recordedHash(state: EvidenceState | undefined, named: string | null | undefined): string | null {
  return named === undefined ? (state?.sha256 ?? null) : named;
}

/** The member of `EvidenceShown` for a side, undefined when nothing was sent. */
export const namedFor = (shown: EvidenceShown | undefined | null, side: EvidenceCategory) => (shown ? shown[side] : undefined);
