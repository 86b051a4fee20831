import { type DecisionOutcome, OUTCOME_LABEL } from '@/lib/domain/reason-codes';
import { Pill, type Tone } from './pill';

const TONE: Record<DecisionOutcome, Tone> = { APPROVED: 'ok', DECLINED: 'bad', RESUBMISSION_REQUESTED: 'warn' };

/** A reviewer's decision; an override says so in words. */
export function DecisionPill({ outcome, isOverride, title }: { outcome: DecisionOutcome; isOverride: boolean; title?: string }) {
  return (
    <Pill tone={TONE[outcome]} title={title}>
      {OUTCOME_LABEL[outcome]}
      {isOverride && ' · override'}
    </Pill>
  );
}
