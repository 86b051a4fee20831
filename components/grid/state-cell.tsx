import { MessageSquareText, Unlink } from 'lucide-react';
import { DecisionPill } from '../ui/decision-pill';
import { notesText, STATE_LABEL, whoseText } from './cell-text';
import type { GridRecord } from './grid-record';

/**
 * What people made of a record: the decision in force or the state and whose it is, and how many notes there are. For a line of
 * items.
 */
export function StateCell({ record: { review, missing } }: { record: GridRecord }) {
  if (review.status === 'loading') return <span aria-hidden="true" className="block h-3 w-14 rounded bg-line" />;
  if (review.status === 'unknown') return <span className="text-faint italic">unknown here</span>;
  const { decision, state, notes } = review.summary;
  const whose = whoseText(review.summary);
  return (
    <>
      {decision ? (
        <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} />
      ) : (
        <span className="truncate">
          {STATE_LABEL[state]}
          {whose && <span className="text-muted"> · {whose}</span>}
        </span>
      )}
      {notes > 0 && <NoteCount count={notes} />}
      {missing && (
        <span className="inline-flex shrink-0 items-center gap-1 text-warn">
          <Unlink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">the upstream no longer has it</span>
        </span>
      )}
    </>
  );
}

function NoteCount({ count }: { count: number }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5 text-muted text-xs">
      <MessageSquareText aria-hidden="true" className="size-3.5" />
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{notesText(count)}</span>
    </span>
  );
}
