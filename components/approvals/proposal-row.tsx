import type { Decision } from '@/lib/domain/decision';
import { REASON_CODES } from '@/lib/domain/reason-codes';
import { DecisionPill } from '../ui/decision-pill';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';

export interface ProposalRowProps {
  decision: Decision;
  secondPerson: string;
  own: boolean;
  blocked: string | null;
  recordChanged: boolean;
}

/** A proposal in short: what, by whom, why a second reviewer is needed, and the proposer's reasons. */
export function ProposalRow({ decision, secondPerson, own, blocked, recordChanged }: ProposalRowProps) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-mono font-semibold">{decision.verificationId}</span>
        <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} />
        {own && <Pill tone="plain">proposed by you</Pill>}
        {blocked && !own && <Pill tone="plain">needs another reviewer</Pill>}
        {recordChanged && <Pill tone="warn">record changed since</Pill>}
        <span className="ml-auto text-muted">
          {decision.proposerName}, <LocalTime at={decision.decidedAt} />
        </span>
      </span>
      <span className="text-muted">
        {secondPerson} {decision.reasonCodes.map((code) => REASON_CODES[code].label).join(', ')}
      </span>
      {decision.rationale && <span className="line-clamp-2 [overflow-wrap:anywhere]">{decision.rationale}</span>}
    </>
  );
}
