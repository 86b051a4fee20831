import type { PolicySettings } from '@/lib/domain/policy';
import { formatTagFilter } from '@/lib/domain/tag-filter';
import { isolatedText } from '@/lib/domain/visible-text';

/** Returns the settings of a policy as sentences, for people who only read them. */
export function policyLines({ fourEyes, qaSharePercent, claimMinutes, slaHours, retentionDays, masking }: PolicySettings): string[] {
  const needs = [
    fourEyes.overridesToApproved && 'approvals that override the automated result',
    fourEyes.overridesToDeclined && 'declines that override the automated result',
    ...fourEyes.tags.map((tag) => `every decision on ${isolatedText(formatTagFilter(tag))}`),
  ].filter(Boolean);
  return [
    needs.length > 0 ? `A second reviewer is needed for: ${needs.join('; ')}.` : 'No decision needs a second reviewer.',
    `${qaSharePercent} % of the decisions made by one reviewer get a blind re-review.`,
    `A claim lasts ${claimMinutes} minutes without activity.`,
    `A case is due ${slaHours} hours after it was received.`,
    `A record is kept ${retentionDays} days after its case was resolved.`,
    masking.roles.length > 0
      ? `Pictures are blurred until revealed for: ${masking.roles.join(', ')}; by ${masking.blurPx} pixels unless a reviewer chose another strength.`
      : 'Pictures are blurred only for reviewers who asked for it.',
    ...(masking.greyscale ? ['Pictures are shown in greyscale unless a reviewer chose colour.'] : []),
    ...(masking.watermark ? ['Pictures carry a watermark with the name of the viewer and the time.'] : []),
  ];
}
