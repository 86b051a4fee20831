import { type CaseFacts, decisionInForce, liveClaim, type ReviewSummary, reviewState, snoozedUntil, versionOf } from '@/lib/domain/review';

/** A case in short, computed from what is known of it and the number of its notes, at a moment. Pure. */
export function summarize(verificationId: number, facts: CaseFacts, notes: number, now: number): ReviewSummary {
  const inForce = decisionInForce(facts);
  const claim = liveClaim(facts, now);
  return {
    verificationId,
    state: reviewState(facts, now),
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
  };
}
