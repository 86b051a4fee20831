import { MessageSquareText } from 'lucide-react';
import type { ReviewSummary } from '@/lib/domain/review';
import { DecisionPill } from '../ui/decision-pill';
import { formatTime } from '../ui/format-time';
import { STATE_LABEL } from './cell-text';
import { useGridContext } from './grid-context';

/** What people made of a record: the decision in force or the state, and how many notes there are. */
export function StateCell({ id }: { id: number }) {
  const found = useGridContext().lookup(id);
  if (found.status === 'loading') return <span aria-hidden="true" className="block h-3 w-14 rounded bg-line" />;
  if (found.status === 'unknown') return <span className="text-faint italic">unknown here</span>;
  const { decision, state, notes } = found.summary;
  return (
    <span className="flex items-center gap-2">
      {decision ? (
        <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} title={byWhom(decision)} />
      ) : (
        STATE_LABEL[state]
      )}
      {notes > 0 && <NoteCount count={notes} />}
    </span>
  );
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
