'use client';

import type { Ref } from 'react';
import { featureSentence, saidOf } from '@/lib/domain/feature-checklist';
import { isOverride, OUTCOME_LABEL, reasonCodesFor } from '@/lib/domain/reason-codes';
import type { Review } from '@/lib/domain/review';
import type { MachineResult } from '@/lib/domain/verification';
import { EvidenceWarnings } from '../evidence/evidence-warnings';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { acknowledge, type CaseDraft, isStale, toggleReason, withoutDecision } from './draft';
import { ProblemNotice } from './problem-notice';
import { ReasonPicker } from './reason-picker';
import { StalePanel } from './stale-panel';
import type { DecisionProblem } from './use-decide';

export interface DecisionPanelProps {
  ref: Ref<HTMLElement>;
  caseId: number;
  machineResult: MachineResult;
  review: Review;
  draft: CaseDraft;
  change: (next: (draft: CaseDraft) => CaseDraft) => void;
  problem: DecisionProblem | null;
  /** The draft was begun on an earlier visit and not looked at on this one: Enter does not confirm it yet. */
  begunEarlier: boolean;
  onAcknowledge: () => void;
  onDiscard: () => void;
}

/** What belongs to the outcome that was chosen: its meaning against the machine, its reasons, and what stands in the way. */
export function DecisionPanel({ ref, caseId, machineResult, review, draft, change, problem, begunEarlier, ...on }: DecisionPanelProps) {
  const { outcome, reasonCodes } = draft;
  if (outcome === null) return null;
  const version = review.summary.version;
  const stale = isStale(draft, version);
  const codes = reasonCodesFor(machineResult, outcome);
  const said = machineResult === 'VERIFIED' ? 'verified' : 'not verified';
  const discard = () => {
    change(withoutDecision);
    on.onDiscard();
  };
  return (
    <section
      ref={ref}
      aria-label={`${OUTCOME_LABEL[outcome]}: reasons`}
      // Takes the focus when an outcome is chosen, so that Tab leads to the reasons and Enter confirms.
      tabIndex={-1}
      className="grid max-h-[46dvh] gap-2 overflow-y-auto border-line border-b px-4 pt-2.5 pb-1.5 outline-none"
    >
      {stale && (
        <StalePanel
          changed={review.decisions.filter((decision) => decision.version > draft.version)}
          onAcknowledge={() => {
            change((now) => acknowledge(now, version));
            on.onAcknowledge();
          }}
          onDiscard={discard}
        />
      )}
      <EvidenceWarnings caseId={caseId} />
      {problem && !stale && <ProblemNotice problem={problem} />}
      {begunEarlier && !stale && !problem && (
        <p className="text-warn">You began this earlier. Look at it again: choose the outcome or a reason once more, then confirm.</p>
      )}
      <div className="flex flex-wrap items-center gap-x-2">
        <p>
          <strong className="font-semibold">{OUTCOME_LABEL[outcome]}</strong>{' '}
          <span className={isOverride(machineResult, outcome) ? 'text-warn' : 'text-muted'}>
            {isOverride(machineResult, outcome) ? `overrides the machine, which says ${said}` : `confirms the machine, which says ${said}`}
          </span>
        </p>
        <span aria-hidden="true" className="ml-auto hidden items-center gap-1.5 text-faint text-xs md:flex">
          <Kbd>/</Kbd> find a reason <Kbd>G</Kbd> guidelines <Kbd>T</Kbd> rationale <Kbd>↵</Kbd> confirm <Kbd>Esc</Kbd> close, keep the
          draft
        </span>
        {!stale && (
          <Button variant="quiet" small onClick={discard}>
            Discard draft
          </Button>
        )}
      </div>
      {codes.length > 0 && (
        <ReasonPicker codes={codes} chosen={reasonCodes} onToggle={(code) => change((now) => toggleReason(now, code))} />
      )}
      {saidOf(draft.features) && <p className="text-muted text-xs">Stored with it, compared: {featureSentence(draft.features)}</p>}
    </section>
  );
}
