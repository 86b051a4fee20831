import type { BatchResult, BatchVerb } from '@/lib/domain/desk-input';

const DONE: Record<BatchVerb, string> = { assign: 'given', claim: 'claimed', release: 'given back', escalate: 'escalated' };

export function casesText(count: number): string {
  return count === 1 ? '1 case' : `${count.toLocaleString('en-GB')} cases`;
}

/** "12 cases claimed, 3 refused, 204 left out beyond the first 1,000". */
export function batchText({ verb, detail, succeeded, refused, truncated }: BatchResult): string {
  const to = verb === 'assign' ? ` to ${detail}` : '';
  const left = refused.length + succeeded.length;
  return [
    `${casesText(succeeded.length)} ${DONE[verb]}${to}`,
    ...(refused.length > 0 ? [`${refused.length.toLocaleString('en-GB')} refused`] : []),
    ...(truncated > 0 ? [`${truncated.toLocaleString('en-GB')} left out beyond the first ${left.toLocaleString('en-GB')}`] : []),
  ].join(', ');
}
