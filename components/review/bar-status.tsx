import type { Ref } from 'react';
import { decisionInForce, newestDecision, type Review } from '@/lib/domain/review';
import type { MachineResult } from '@/lib/domain/verification';
import { DecisionPill } from '../ui/decision-pill';
import { LocalTime } from '../ui/local-time';
import type { Viewer } from './case-data';
import type { CaseDraft } from './draft';

export interface BarStatusProps {
  ref: Ref<HTMLParagraphElement>;
  machineResult: MachineResult | null;
  review: Review;
  viewer: Viewer;
  draft: CaseDraft;
}

/** How the case stands while nothing is being written, and why there may be nothing to press. */
export function BarStatus({ ref, machineResult, review, viewer, draft }: BarStatusProps) {
  const proposed = review.summary.state === 'PENDING_SECOND_REVIEW' ? newestDecision(review.decisions) : null;
  const decision = proposed ?? decisionInForce(review);
  return (
    <p ref={ref} tabIndex={-1} className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 px-1 text-muted outline-none">
      {decision ? (
        <>
          <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} />
          <span>
            {decision.proposerId === viewer.id ? 'by you' : `by ${decision.proposerName}`}, <LocalTime at={decision.decidedAt} />
          </span>
          {proposed && <span className="text-warn">A second person has to agree.</span>}
        </>
      ) : (
        <span>No decision yet.</span>
      )}
      {viewer.actions.length === 0 && <span>Your role ({viewer.role}) reads cases; analysts and managers decide and note.</span>}
      {viewer.actions.includes('decide') && machineResult === null && (
        <span>Deciding and noting need the record, which is not at hand.</span>
      )}
      {draft.outcome !== null && <span className="text-warn">Your draft is kept.</span>}
      {draft.note !== '' && <span className="text-warn">A note is begun.</span>}
    </p>
  );
}
