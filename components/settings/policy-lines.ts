import type { PolicySettings } from '@/lib/domain/policy';
import { formatTagFilter } from '@/lib/domain/tag-filter';

/** The rules as sentences, for whoever only reads them. */
export function policyLines({ fourEyes, qaSharePercent, claimMinutes, slaHours, retentionDays, masking }: PolicySettings): string[] {
  const needs = [
    fourEyes.overridesToApproved && 'approving against the machine',
    fourEyes.overridesToDeclined && 'declining against the machine',
    ...fourEyes.tags.map((tag) => `any decision on ${formatTagFilter(tag)}`),
  ].filter(Boolean);
  return [
    needs.length > 0 ? `A second person is needed for: ${needs.join('; ')}.` : 'No decision needs a second person.',
    `${qaSharePercent} % of the decisions of one person are judged again, blind.`,
    `A claim lasts ${claimMinutes} minutes without a sign of work.`,
    `A case is due ${slaHours} hours after it was received.`,
    `A record is kept ${retentionDays} days after its case was resolved.`,
    masking.roles.length > 0
      ? `Pictures are blurred until revealed for: ${masking.roles.join(', ')}; by ${masking.blurPx} pixels unless a person chose otherwise.`
      : 'Pictures are not blurred for anybody who did not ask for it.',
    ...(masking.greyscale ? ['Pictures are grey unless a person chose otherwise.'] : []),
    ...(masking.watermark ? ['Name of who looks and the time lie faintly over pictures.'] : []),
  ];
}
