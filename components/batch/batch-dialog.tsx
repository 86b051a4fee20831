import { useId, useState } from 'react';
import { BATCH_MAX, type BatchResult, type BatchVerb, REASON_MAX, REASON_MIN } from '@/lib/domain/desk-input';
import { DeskDialog, type DeskDialogProps } from '../desk/desk-dialog';
import { useReviewers } from '../filters/use-reviewers';
import { newKey } from '../review/post';
import { LongText } from '../ui/long-text';
import { casesText } from './batch-text';
import { type BatchRequest, runBatch } from './run-batch';

/** The cases a bulk act is for, and how many they are; `capped` when there are more than the number says. */
export interface BatchCases {
  cases: { ids: number[] } | { query: string };
  count: number | null;
  capped: boolean;
}

export interface BatchDialogProps extends BatchCases {
  verb: BatchVerb;
  onDone: (result: BatchResult) => void;
  onClose: () => void;
}

const TEXT: Record<BatchVerb, { title: string; action: string; what: string }> = {
  assign: { title: 'Give cases to somebody', action: 'Give', what: 'Their queue offers these cases to nobody else.' },
  claim: { title: 'Claim cases', action: 'Claim', what: 'They are yours until the claims run out. Those somebody else holds are refused.' },
  release: { title: 'Give claims back', action: 'Give back', what: 'Only your own claims are given back.' },
  escalate: { title: 'Escalate cases', action: 'Escalate', what: 'They leave the queue until a manager has looked.' },
};

/** Asks once more before many cases are touched, and for what the act needs. */
export default function BatchDialog({ verb, cases, count, capped, onDone, onClose }: BatchDialogProps) {
  const id = useId();
  const reviewers = useReviewers();
  const [key] = useState(newKey);
  const [assigneeId, setAssigneeId] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<DeskDialogProps['problem']>(null);
  const { title, action, what } = TEXT[verb];
  const confirm = async () => {
    if (busy) return;
    if (verb === 'escalate' && reason.trim().length < REASON_MIN)
      return setProblem({ message: `Say why in at least ${REASON_MIN} characters.` });
    if (verb === 'assign' && assigneeId === '') return setProblem({ message: 'Choose whom the cases are for.' });
    setBusy(true);
    setProblem(null);
    const result = await runBatch(requestOf(verb, cases, { assigneeId, reason: reason.trim() }), key);
    setBusy(false);
    if (result.ok) onDone(result.value);
    else setProblem(result);
  };
  const many = capped || count === null || count > BATCH_MAX;
  return (
    <DeskDialog {...{ title, busy, problem, onClose }} action={action} onConfirm={confirm}>
      <p>
        <b className="font-semibold">{count === null ? 'All that match' : `${casesText(count)}${capped ? ' or more' : ''}`}</b>. {what}
      </p>
      {many && (
        <p className="text-warn">At most {BATCH_MAX.toLocaleString('en-GB')} are done at once; the result says how many were left out.</p>
      )}
      {verb === 'assign' && (
        <label htmlFor={`${id}-to`} className="grid gap-1">
          <span className="text-muted">To</span>
          <select
            id={`${id}-to`}
            value={assigneeId}
            onChange={({ target }) => setAssigneeId(target.value)}
            className="h-8 rounded-md border border-line-strong bg-surface px-2"
          >
            <option value="">choose</option>
            {reviewers.map((reviewer) => (
              <option key={reviewer.id} value={reviewer.id}>
                {reviewer.name}
              </option>
            ))}
            <option value={NOBODY}>nobody: back to everybody</option>
          </select>
        </label>
      )}
      {verb === 'escalate' && (
        <label htmlFor={`${id}-reason`} className="grid gap-1">
          <span className="text-muted">What should a manager look at?</span>
          <LongText id={`${id}-reason`} value={reason} max={REASON_MAX} rows={3} onChange={setReason} />
        </label>
      )}
    </DeskDialog>
  );
}

const NOBODY = 'nobody';

function requestOf(verb: BatchVerb, cases: BatchCases['cases'], typed: { assigneeId: string; reason: string }): BatchRequest {
  switch (verb) {
    case 'assign':
      return { verb, assigneeId: typed.assigneeId === NOBODY ? null : typed.assigneeId, ...cases };
    case 'escalate':
      return { verb, reason: typed.reason, ...cases };
    default:
      return { verb, ...cases };
  }
}
