import * as z from 'zod/mini';
import type { DecisionOutcome } from './reason-codes';
import { isStorableText, NOT_STORABLE } from './storable-text';
import type { Tag } from './verification';
import { DEFAULT_MASKING, maskingRules } from './viewing';

const percent = z.number('Give a number from 0 to 100.').check(z.gte(0, 'At least 0 percent.'), z.lte(100, 'At most 100 percent.'));
const wholeFrom = (low: number, high: number, unit: string) =>
  z.int(`Give a whole number of ${unit}.`).check(z.gte(low, `At least ${low} ${unit}.`), z.lte(high, `At most ${high} ${unit}.`));
const shortText = (max: number) =>
  z.string().check(z.trim(), z.minLength(1, 'Write something here.'), z.maxLength(max), z.refine(isStorableText, NOT_STORABLE));

/** The settings of the organisation that may change. Past versions stay readable, and each decision names the one it was made under. */
export const policySettings = z.strictObject({
  /** Which decisions count only once a second reviewer agreed. */
  fourEyes: z.strictObject({
    overridesToApproved: z.boolean(),
    overridesToDeclined: z.boolean(),
    /** Whatever is decided on a case that bears one of these tags. */
    tags: z.array(z.strictObject({ name: shortText(200), value: shortText(400) })).check(z.maxLength(50, 'At most 50 tags.')),
  }),
  /** Share of the decisions made by one reviewer that get a blind re-review. */
  qaSharePercent: percent,
  claimMinutes: wholeFrom(1, 240, 'minutes'),
  slaHours: wholeFrom(1, 24 * 365, 'hours'),
  /** Days a record is kept after its case was resolved. */
  retentionDays: wholeFrom(1, 36_525, 'days'),
  /** How pictures of people are shown. Versions older than this rule say nothing about it. */
  masking: z._default(maskingRules, DEFAULT_MASKING),
});
export type PolicySettings = z.infer<typeof policySettings>;

export const POLICY_REASON_MIN = 10;

/** What a manager sends: all settings, and why they change. */
export const policyInput = z.strictObject({
  /** The version that was changed; one published meanwhile is not overwritten. */
  version: z.int('Send the version you saw.'),
  settings: policySettings,
  reason: z
    .string('Say why the policy changes.')
    .check(
      z.trim(),
      z.minLength(POLICY_REASON_MIN, `Say why in at least ${POLICY_REASON_MIN} characters.`),
      z.maxLength(2000),
      z.refine(isStorableText, NOT_STORABLE),
    ),
});
export type PolicyInput = z.infer<typeof policyInput>;

/** One version of the rules. Times are milliseconds since 1970; `validTo` is null while it is in force. */
export interface Policy {
  version: number;
  validFrom: number;
  validTo: number | null;
  settings: PolicySettings;
  reason: string;
  byName: string;
}

/** What holds before anybody wrote a policy: version 0. */
export const DEFAULT_POLICY: PolicySettings = {
  fourEyes: { overridesToApproved: true, overridesToDeclined: false, tags: [] },
  qaSharePercent: 5,
  claimMinutes: 10,
  slaHours: 24,
  retentionDays: 1826,
  masking: DEFAULT_MASKING,
};

/** Returns why a decision needs a second reviewer under these rules, as one sentence, or null when it stands alone. */
export function secondPersonReason(
  { fourEyes }: PolicySettings,
  decision: { outcome: DecisionOutcome; isOverride: boolean; tags: readonly Tag[] },
): string | null {
  if (decision.isOverride && decision.outcome === 'APPROVED' && fourEyes.overridesToApproved)
    return 'An approval that overrides the automated result needs a second reviewer.';
  if (decision.isOverride && decision.outcome !== 'APPROVED' && fourEyes.overridesToDeclined)
    return 'A decision that overrides the automated result “Verified” needs a second reviewer.';
  const named = fourEyes.tags.find(({ name, value }) => decision.tags.some((tag) => tag.name === name && tag.value === value));
  return named ? `Every decision on ${named.name} = ${named.value} needs a second reviewer.` : null;
}

/** The version in force at a time, from any list of versions; null before the first one. */
export function policyAt(policies: readonly Policy[], at: number): Policy | null {
  return policies.find(({ validFrom, validTo }) => validFrom <= at && (validTo === null || at < validTo)) ?? null;
}

/** The versions in force at any moment from one to another, both included: more than one where the rules changed in between. */
export function policiesDuring(policies: readonly Policy[], { from, to }: { from: number; to: number }): Policy[] {
  return policies.filter(({ validFrom, validTo }) => validFrom <= to && (validTo === null || from < validTo));
}

/**
 * Returns true when a decision is selected for a blind re-review. Decided by its id alone (a random uuid), so that nobody can foresee or
 * steer it and the draw can be checked afterwards: its first 32 bits as a fraction of 2^32, below the share.
 */
export function isDrawnForQa(decisionId: string, sharePercent: number): boolean {
  return Number.parseInt(decisionId.slice(0, 8), 16) / 2 ** 32 < sharePercent / 100;
}
