import type { Decision } from './decision';
import type { DecisionOutcome } from './reason-codes';
import { may, type Permission, type Role } from './roles';

export const REVIEW_STATES = ['OPEN', 'CLAIMED', 'SNOOZED', 'ESCALATED', 'PENDING_SECOND_REVIEW', 'RESOLVED', 'REOPENED'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** How long the one who decided may take it back. */
export const WITHDRAW_MS = 10_000;

/** A reviewer's text on a case; append-only. Times here and below are milliseconds since 1970. */
export interface Note {
  id: string;
  verificationId: number;
  authorId: string;
  authorName: string;
  text: string;
  createdAt: number;
}

/** Exclusive hold on a case; expired, it is none. */
export interface Claim {
  holderId: string;
  holderName: string;
  claimedAt: number;
  expiresAt: number;
}

/** An act on a case with its author. `version` is the number of decisions there were: a later decision makes it a thing of the past. */
export interface CaseAct {
  version: number;
  reason: string;
  byId: string;
  byName: string;
  at: number;
}

export interface Snooze extends CaseAct {
  until: number;
}

/** Everything a case's state is computed from: the newest row of each kind, and all decisions, oldest first. */
export interface CaseFacts {
  decisions: Decision[];
  claim: Claim | null;
  snooze: Snooze | null;
  escalation: CaseAct | null;
  reopening: CaseAct | null;
  assignee: { id: string; name: string } | null;
  /** When the case was last erased; nothing can be done to it from then on. */
  erasedAt: number | null;
}

export const NO_FACTS: CaseFacts = {
  decisions: [],
  claim: null,
  snooze: null,
  escalation: null,
  reopening: null,
  assignee: null,
  erasedAt: null,
};

/** What is known here about one record, small enough for a grid row. */
export interface ReviewSummary {
  verificationId: number;
  state: ReviewState;
  /** Number of decisions so far; what a reviewer sends back as the version she saw. */
  version: number;
  notes: number;
  /** The decision in force. */
  decision: { outcome: DecisionOutcome; isOverride: boolean; by: string; at: number } | null;
  claim: { holderId: string; holderName: string; expiresAt: number } | null;
  snoozedUntil: number | null;
  assignee: { id: string; name: string } | null;
  /** Who handed it to the managers, while that lasts. */
  escalated: { by: string; reason: string; at: number } | null;
  /** Who may take the newest decision back, and until when. */
  withdrawable: { decisionId: string; byId: string; until: number } | null;
}

/** What is known here about one record, for its case page. Decisions and notes oldest first. */
export interface Review extends CaseFacts {
  summary: ReviewSummary;
  notes: Note[];
}

/** The newest word on a case: the decision with the highest version that was not taken back. */
export function newestDecision(decisions: readonly Decision[]): Decision | null {
  return decisions.reduce<Decision | null>(
    (latest, next) => (next.withdrawnAt !== null || (latest && latest.version > next.version) ? latest : next),
    null,
  );
}

/** The decision that counts: the newest word, unless the case was reopened since or a second person has not agreed to it. */
export function decisionInForce(facts: Pick<CaseFacts, 'decisions' | 'reopening'>): Decision | null {
  const newest = newestDecision(facts.decisions);
  if (newest === null || isReopened(facts, newest)) return null;
  return newest.secondPerson === null || newest.approval?.agrees ? newest : null;
}

/**
 * The decision that counts or waits for its second reviewer; null when the case is open to anybody's. Written a second time as
 * `console.standing_decisions` in SQL.
 */
export function standingDecision(facts: CaseFacts): Decision | null {
  const state = lastingState(facts);
  return state === 'RESOLVED' || state === 'PENDING_SECOND_REVIEW' ? newestDecision(facts.decisions) : null;
}

/** Number of decisions so far, those taken back included: versions are never used twice. */
export function versionOf(decisions: readonly Decision[]): number {
  return decisions.reduce((highest, { version }) => Math.max(highest, version), 0);
}

/**
 * The state of a case but for claims and snoozes, which pass by themselves. Written a second time as
 * `console.lasting_state` in SQL, so that it can be searched.
 */
export function lastingState(facts: CaseFacts): Exclude<ReviewState, 'CLAIMED' | 'SNOOZED'> {
  const newest = newestDecision(facts.decisions);
  if (newest && !isReopened(facts, newest)) {
    if (newest.secondPerson === null || newest.approval?.agrees) return 'RESOLVED';
    if (newest.approval === null) return 'PENDING_SECOND_REVIEW';
  }
  const version = newest?.version ?? 0;
  if (facts.escalation && facts.escalation.version >= version) return 'ESCALATED';
  return newest === null && facts.reopening === null ? 'OPEN' : 'REOPENED';
}

/** The state of a case at a moment, computed from its rows and stored nowhere by hand. */
export function reviewState(facts: CaseFacts, now: number): ReviewState {
  const state = lastingState(facts);
  if (state !== 'OPEN' && state !== 'REOPENED') return state;
  if (snoozedUntil(facts, now) !== null) return 'SNOOZED';
  return liveClaim(facts, now) ? 'CLAIMED' : state;
}

/** The claim while it lasts. */
export function liveClaim({ claim }: Pick<CaseFacts, 'claim'>, now: number): Claim | null {
  return claim && claim.expiresAt > now ? claim : null;
}

/** Until when a case sleeps, null when it is awake: its time is over, or somebody decided since. */
export function snoozedUntil({ snooze, decisions }: CaseFacts, now: number): number | null {
  if (!snooze || snooze.until <= now) return null;
  return snooze.version >= (newestDecision(decisions)?.version ?? 0) ? snooze.until : null;
}

/** The decision that can still be taken back, null when there is none: only the newest of all, before anybody answered it. */
export function withdrawable({ decisions }: Pick<CaseFacts, 'decisions'>, now: number): { decision: Decision; until: number } | null {
  const decision = newestDecision(decisions);
  if (!decision || decision.version < versionOf(decisions) || decision.approval !== null) return null;
  const until = decision.decidedAt + WITHDRAW_MS;
  return now <= until ? { decision, until } : null;
}

export const REVIEW_ACTIONS = [
  'decide',
  'add-note',
  'approve',
  'claim',
  'release',
  'take-over',
  'skip',
  'snooze',
  'escalate',
  'lift-escalation',
  'reopen',
  'assign',
  'withdraw',
] as const;
export type ReviewAction = (typeof REVIEW_ACTIONS)[number];

/** What may happen next to a case by somebody's hand; the server's rules and the buttons both ask this. */
export function allowedActions(who: { id: string; role: Role }, facts: CaseFacts, now: number): ReviewAction[] {
  if (facts.erasedAt !== null) return [];
  const grants = (permission: Permission) => may(who.role, permission);
  const state = reviewState(facts, now);
  const claim = liveClaim(facts, now);
  const [mine, others] = [claim?.holderId === who.id, claim !== null && claim.holderId !== who.id];
  const working = state !== 'RESOLVED' && state !== 'PENDING_SECOND_REVIEW';
  const rules: Record<ReviewAction, boolean> = {
    decide: grants('decisions.write') && !others,
    'add-note': grants('notes.write'),
    approve: grants('decisions.approve'),
    claim: grants('queue.draw') && !others,
    release: mine,
    'take-over': grants('cases.assign') && others,
    skip: grants('queue.draw') && working && !others,
    snooze: grants('queue.draw') && working && !others,
    escalate: grants('queue.draw') && working && !others && state !== 'ESCALATED',
    'lift-escalation': grants('cases.assign') && state === 'ESCALATED',
    reopen: grants('decisions.write') && state === 'RESOLVED',
    assign: grants('cases.assign'),
    withdraw: grants('decisions.write') && withdrawable(facts, now)?.decision.proposerId === who.id,
  };
  return REVIEW_ACTIONS.filter((action) => rules[action]);
}

function isReopened({ reopening }: Pick<CaseFacts, 'reopening'>, newest: Decision): boolean {
  return reopening !== null && reopening.version >= newest.version;
}
