import type { Decision } from '@/lib/domain/decision';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { DecisionEntry } from './review-panel';

export interface StalePanelProps {
  /** The decisions made since the reviewer began, oldest first. */
  changed: Decision[];
  onAcknowledge: () => void;
  onDiscard: () => void;
}

/** Others decided meanwhile: what they decided, and the choice to go on with the draft on top of it. */
export function StalePanel({ changed, onAcknowledge, onDiscard }: StalePanelProps) {
  return (
    <Notice
      tone="warn"
      title="This case changed while you were deciding. Your draft is kept."
      action={
        <span className="flex flex-wrap justify-end gap-2">
          <Button small onClick={onDiscard}>
            Discard my draft
          </Button>
          <Button small variant="primary" onClick={onAcknowledge}>
            Decide on top of it
          </Button>
        </span>
      }
    >
      <ol className="mt-1 grid max-w-xl gap-1.5 text-text">
        {changed.map((decision) => (
          <DecisionEntry key={decision.id} decision={decision} superseded={false} />
        ))}
      </ol>
    </Notice>
  );
}
