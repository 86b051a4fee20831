import * as z from 'zod/mini';
import { isOtherLength } from './evidence-problem';
import type { EvidenceState } from './evidence-state';
import { isStorableText, NOT_STORABLE } from './storable-text';

const shownHash = z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'A fingerprint is a sha256 in lower-case hex digits, or null.')));

/**
 * What a reviewer was shown: the record as its fingerprint, and the bytes of each file as hex sha256. A verdict requires `record`; null
 * means that the page had none. Null for a file means that they were not compared, e.g. a clip that was played in
 * parts while its check was still running; it is refused for a file that the console read to its end. A verdict on a record that names
 * files requires it.
 */
export const evidenceShown = z.strictObject({
  id: shownHash,
  face: shownHash,
  /** Absent only in what was recorded before it was required. */
  record: z.optional(shownHash),
  /** Files that their reviewer knows could not be compared at the verdict. As recorded: those that in fact were not. */
  unchecked: z.optional(z.array(z.enum(['id', 'face'])).check(z.maxLength(2))),
});
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
export type ShownProblem = 'other-bytes' | 'difference-unseen' | 'not-shown' | 'not-the-decided' | 'unchecked';

/**
 * Returns why a verdict may not be recorded on this file, or null. `named` is the hash its reviewer was shown, null for not compared.
 * Pure.
 */
export function shownProblem(state: EvidenceState, named: string | null): ShownProblem | null {
  if (named !== null && named !== state.sha256) return 'other-bytes';
  if (named === null && state.state === 'differs') return 'difference-unseen';
  // Whole bytes, but not as many as the record states: the file was replaced, and these bytes are never shown.
  if (named !== null && state.first && state.state === 'lost' && isOtherLength(state.problem)) return 'difference-unseen';
  return named === null && state.state === 'same' ? 'not-shown' : null;
}

/**
 * Returns why a second reviewer may not confirm a decision on this file, or null: besides the rule above, both must have judged the
 * same bytes. `decided` is the hash the decision names. Pure.
 */
export function confirmProblem(state: EvidenceState, named: string | null, decided: string | null): ShownProblem | null {
  const problem = shownProblem(state, named);
  if (problem) return problem;
  const judged = named ?? state.sha256;
  return decided !== null && judged !== null && judged !== decided ? 'not-the-decided' : null;
}

/**
 * Returns true when a verdict was not held against the file: its reading did not end in time or failed, for example because the file is
 * lost. `result` is how the reading at the verdict ended, null when it did not. Pure.
 */
export function isUncompared(result: 'seen' | 'foreign' | 'lost' | null): boolean {
  return result !== 'seen';
}

const SUBJECT = { id: 'ID document', face: 'selfie' } as const;

/** Returns which files a verdict was recorded on without a comparison, as the end of a sentence; empty when there is none. Pure. */
export function uncheckedText({ unchecked = [] }: Pick<EvidenceShown, 'unchecked'> = {}): string {
  return unchecked.length === 0 ? '' : `; without a comparison of the ${unchecked.map((side) => SUBJECT[side]).join(' and the ')}`;
}
