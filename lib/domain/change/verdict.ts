import * as z from 'zod/mini';
import { isSamePerson, type PersonMarks } from '../person';
import { Refusal } from '../refusal';
import type { SecondPersonRefusal } from '../second-person';
import { isStorableText, NOT_STORABLE } from '../storable-text';

export const CHANGE_REASON_MIN = 10;
export const CHANGE_TEXT_MAX = 2000;

const words = z
  .string('Write this as text.')
  .check(z.trim(), z.maxLength(CHANGE_TEXT_MAX, `Keep this under ${CHANGE_TEXT_MAX} characters.`), z.refine(isStorableText, NOT_STORABLE));

/** Why something is changed, where only a change that needs a second reviewer has to say it. */
export const changeReason = z._default(words, '');

/** What the second reviewer sends. */
export const verdictInput = z.strictObject({ agrees: z.boolean('Say whether you agree: true or false.'), comment: words });
export type VerdictInput = z.infer<typeof verdictInput>;

/** What the person sends who takes a change back. */
export const withdrawalInput = z.strictObject({ comment: z._default(words, '') });

/** What has to be known of a change to judge whether somebody may answer it. */
export interface AnswerableChange {
  /** The account it is about; null when it is about none. */
  concerns: PersonMarks | null;
  /** Of each case that it would erase, the people who proposed or approved a decision; empty where it erases none. */
  deciders: ReadonlyMap<number, readonly PersonMarks[]>;
  settled: boolean;
}

/**
 * Returns why a person may not be the second reviewer behind a change, or null when they may. `notSecond` is what the rule of dual control
 * says of the two people. Pure; used for the verdict itself and to find out whether anybody could give one.
 */
export function verdictObstacle(
  { concerns, deciders }: AnswerableChange,
  person: PersonMarks,
  notSecond: SecondPersonRefusal | null,
): string | null {
  if (notSecond) return notSecond.message;
  if (concerns && isSamePerson(concerns, person)) return 'This change is about your own account. Another person has to answer it.';
  if ([...deciders.values()].flat().some((decider) => isSamePerson(decider, person)))
    return 'You proposed or approved a decision that this would erase. Another person has to answer it.';
  return null;
}

/** Returns the cases of an erasure that a person could agree to if each were proposed apart. Pure. */
export function casesAnswerable(
  { concerns, deciders, settled }: AnswerableChange,
  person: PersonMarks,
  notSecond: SecondPersonRefusal | null,
): number[] {
  const apart = (id: number) => ({ concerns, settled, deciders: new Map([[id, deciders.get(id) ?? []]]) });
  return [...deciders.keys()].filter((id) => verdictObstacle(apart(id), person, notSecond) === null);
}

/** Throws a Refusal `forbidden` with the obstacle, `stale` for a change that was answered, or `unprocessable` for a refusal without a reason. */
export function checkVerdict({ settled }: AnswerableChange, obstacle: string | null, { agrees, comment }: VerdictInput): void {
  if (obstacle !== null) throw new Refusal('forbidden', obstacle);
  if (settled) throw new Refusal('stale', 'This change was answered or withdrawn meanwhile. Reload the page to see its outcome.');
  if (!agrees && comment.length < CHANGE_REASON_MIN)
    throw new Refusal('unprocessable', `Say in at least ${CHANGE_REASON_MIN} characters why you disagree.`, { field: 'comment' });
}

/** Throws a Refusal `unprocessable` unless a proposal says why. */
export function checkReason(reason: string): void {
  if (reason.trim().length < CHANGE_REASON_MIN)
    throw new Refusal('unprocessable', `A second reviewer has to agree to this. Say why in at least ${CHANGE_REASON_MIN} characters.`, {
      field: 'reason',
    });
}
