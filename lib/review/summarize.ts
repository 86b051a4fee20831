import {
  type CaseFacts,
  decisionInForce,
  liveClaim,
  type ReviewSummary,
  reviewState,
  snoozedUntil,
  versionOf,
  withdrawable,
} from '@/lib/domain/review';

/** A case in short, computed from what is known of it and the number of its notes, at a moment. Pure. */
export function summarize(verificationId: number, facts: CaseFacts, notes: number, now: number): ReviewSummary {
  const inForce = decisionInForce(facts);
  const claim = liveClaim(facts, now);
  const state = reviewState(facts, now);
  const escalation = state === 'ESCALATED' ? facts.escalation : null;
  const undo = withdrawable(facts, now);
  return {
    verificationId,
    state,
    version: versionOf(facts.decisions),
    notes,
    decision: inForce && {
      outcome: inForce.outcome,
      isOverride: inForce.isOverride,
      by: inForce.proposerName,
      at: inForce.decidedAt,
    },
    claim: claim && { holderId: claim.holderId, holderName: claim.holderName, expiresAt: claim.expiresAt },
    snoozedUntil: snoozedUntil(facts, now),
    assignee: facts.assignee,
    escalated: escalation && { by: escalation.byName, reason: escalation.reason, at: escalation.at },
    withdrawable: undo && { decisionId: undo.decision.id, byId: undo.decision.proposerId, until: undo.until },
  };
}
