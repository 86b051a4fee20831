import { MessageSquareText, Unlink } from 'lucide-react';
import type { ReviewSummary } from '@/lib/domain/review';
import { DecisionPill } from '../ui/decision-pill';
import { formatTime } from '../ui/format-time';
import { STATE_LABEL } from './cell-text';
import type { GridRecord } from './grid-record';

/** What people made of a record: the decision in force or the state and whose it is, and how many notes there are. */
export function StateCell({ record: { review, missing } }: { record: GridRecord }) {
  if (review.status === 'loading') return <span aria-hidden="true" className="block h-3 w-14 rounded bg-line" />;
  if (review.status === 'unknown') return <span className="text-faint italic">unknown here</span>;
  const { decision, state, notes } = review.summary;
  const whose = whoseText(review.summary);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {decision ? (
        <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} title={byWhom(decision)} />
      ) : (
        <span className="truncate" title={whose ? `${STATE_LABEL[state]}, ${whose}` : undefined}>
          {STATE_LABEL[state]}
          {whose && <span className="text-muted"> · {whose}</span>}
        </span>
      )}
      {notes > 0 && <NoteCount count={notes} />}
      {missing && (
        <span title="The upstream no longer has this record" className="inline-flex shrink-0 items-center gap-1 text-warn">
          <Unlink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">the upstream no longer has it</span>
        </span>
      )}
    </span>
  );
}

// Whoever holds it now; else whom it is meant for.
function whoseText({ state, claim, assignee }: ReviewSummary): string | null {
  if (state === 'CLAIMED' && claim) return claim.holderName;
  return assignee ? `for ${assignee.name}` : null;
}

function NoteCount({ count }: { count: number }) {
  const words = count === 1 ? '1 note' : `${count} notes`;
  return (
    <span title={words} className="inline-flex shrink-0 items-center gap-0.5 text-muted text-xs">
      <MessageSquareText aria-hidden="true" className="size-3.5" />
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function byWhom({ by, at }: NonNullable<ReviewSummary['decision']>): string {
  return `${by}, ${formatTime(at, 'short', false)}`;
}
