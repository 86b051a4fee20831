import type { Decision } from '@/lib/domain/decision';
import { effectiveDecision, type ReviewSummary, reviewState } from '@/lib/domain/review';

/** A case in short, computed from all its decisions and the number of its notes. Pure. */
export function summarize(verificationId: number, decisions: readonly Decision[], notes: number): ReviewSummary {
  const inForce = effectiveDecision(decisions);
  return {
    verificationId,
    state: reviewState(decisions),
    version: inForce?.version ?? 0,
    notes,
    decision: inForce && {
      outcome: inForce.outcome,
      isOverride: inForce.isOverride,
      by: inForce.proposerName,
      at: inForce.decidedAt,
    },
  };
}
