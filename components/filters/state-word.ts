import type { ReviewState } from '@/lib/domain/review';

/** A state within a sentence. */
export const STATE_WORD: Record<ReviewState, string> = {
  OPEN: 'open',
  CLAIMED: 'claimed',
  SNOOZED: 'snoozed',
  ESCALATED: 'escalated',
  PENDING_SECOND_REVIEW: 'waiting for a second person',
  RESOLVED: 'resolved',
  REOPENED: 'reopened',
};
