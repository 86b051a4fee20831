import type { PolicySettings } from '@/lib/domain/policy';
import { formatTagFilter } from '@/lib/domain/tag-filter';

/** The rules as sentences, for whoever only reads them. */
export function policyLines({ fourEyes, qaSharePercent, claimMinutes, slaHours, retentionDays }: PolicySettings): string[] {
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
  ];
}
