import type { Decision } from './decision';
import type { DecisionOutcome } from './reason-codes';
import { may, type Role } from './roles';

export const REVIEW_STATES = ['OPEN', 'CLAIMED', 'SNOOZED', 'ESCALATED', 'PENDING_SECOND_REVIEW', 'RESOLVED', 'REOPENED'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** A reviewer's text on a case; append-only. */
export interface Note {
  id: string;
  verificationId: number;
  authorId: string;
  authorName: string;
  text: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** What is known here about one record, small enough for a grid row. */
export interface ReviewSummary {
  verificationId: number;
  state: ReviewState;
  /** Number of decisions so far; what a reviewer sends back as the version she saw. */
  version: number;
  notes: number;
  decision: { outcome: DecisionOutcome; isOverride: boolean; by: string; at: number } | null;
}

/** What is known here about one record, for its case page. Oldest first. */
export interface Review {
  summary: ReviewSummary;
  decisions: Decision[];
  notes: Note[];
}

/** The decision in force: the one with the highest version. */
export function effectiveDecision(decisions: readonly Decision[]): Decision | null {
  return decisions.reduce<Decision | null>((latest, next) => (latest && latest.version > next.version ? latest : next), null);
}

/** The state of a case, computed from its rows and stored nowhere. */
export function reviewState(decisions: readonly Decision[]): ReviewState {
  return decisions.length === 0 ? 'OPEN' : 'RESOLVED';
}

export type ReviewAction = 'decide' | 'add-note' | 'approve';

/** What may happen next to a case; the server's rule and the buttons both ask this. */
export function allowedActions(role: Role): ReviewAction[] {
  const actions: ReviewAction[] = [];
  if (may(role, 'decisions.write')) actions.push('decide');
  if (may(role, 'notes.write')) actions.push('add-note');
  if (may(role, 'decisions.approve')) actions.push('approve');
  return actions;
}
