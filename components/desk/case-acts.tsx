'use client';

import { useId, useState } from 'react';
import { useDraftText } from '../drafts/use-draft-text';
import { type PostResult, send } from '../review/post';
import { formatTime, weekdayText } from '../ui/format-time';
import { LongText } from '../ui/long-text';
import { useTimeZone } from '../ui/time-zone';
import { AssigneeField } from './assignee-field';
import { DeskDialog } from './desk-dialog';
import { snoozeTimes } from './snooze-times';

export type CaseAct = 'skip' | 'snooze' | 'escalate' | 'reopen' | 'assign';

export interface CaseActDialogProps {
  act: CaseAct;
  caseId: number;
  /** Id of the reviewer who has the case now; empty for nobody in particular. */
  assigneeId: string;
  onDone: (said: string) => void;
  onClose: () => void;
}

const TEXT: Record<CaseAct, { title: string; action: string; label: string; said: string; required: boolean }> = {
  skip: {
    title: 'Pass this case on',
    action: 'Skip',
    label: 'Why (optional)',
    said: 'Skipped: it goes to somebody else.',
    required: false,
  },
  snooze: { title: 'Look again later', action: 'Snooze', label: 'Why (optional)', said: 'Snoozed.', required: false },
  escalate: {
    title: 'Escalate to a manager',
    action: 'Escalate',
    label: 'What should a manager look at?',
    said: 'Escalated.',
    required: true,
  },
  reopen: { title: 'Reopen this case', action: 'Reopen', label: 'Why is it looked at again?', said: 'Reopened.', required: true },
  assign: { title: 'Give this case to somebody', action: 'Assign', label: '', said: 'Assigned.', required: false },
};

/** Skips, snoozes, escalates, reopens or assigns a case. The words typed stay in this browser until they are stored. */
export default function CaseActDialog({ act, caseId, assigneeId, onDone, onClose }: CaseActDialogProps) {
  const id = useId();
  const [reason, setReason, forget] = useDraftText(caseId, act);
  const zone = useTimeZone();
  const [times] = useState(() => snoozeTimes({ zone, now: Date.now() }));
  const [until, setUntil] = useState(times[0]?.until ?? 0);
  const [assignee, setAssignee] = useState(assigneeId);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ message: string; code?: string } | null>(null);
  const { title, action, label, said, required } = TEXT[act];

  const confirm = async () => {
    if (busy) return;
    if (required && reason.trim().length < 10) return setProblem({ message: 'Say it in at least 10 characters.' });
    setBusy(true);
    const result = await request(act, caseId, { reason: reason.trim(), until, assignee });
    setBusy(false);
    if (!result.ok) return setProblem(result);
    forget();
    onDone(said);
  };
  return (
    <DeskDialog {...{ title, action, busy, problem, onClose }} onConfirm={confirm}>
      {act === 'snooze' && (
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-muted">Until ({zone})</legend>
          {times.map((time) => (
            <label key={time.label} className="flex items-center gap-2">
              <input
                type="radio"
                name={`${id}-until`}
                checked={until === time.until}
                onChange={() => setUntil(time.until)}
                className="size-4 accent-accent"
              />
              <span>
                {time.label}{' '}
                <span className="text-muted">{`${weekdayText(time.until, zone)} ${formatTime(time.until, 'clock', zone)}`}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {act === 'assign' ? (
        <AssigneeField value={assignee} onChange={setAssignee} onProblem={setProblem} />
      ) : (
        <label htmlFor={`${id}-reason`} className="grid gap-1">
          <span className="text-muted">{label}</span>
          <LongText id={`${id}-reason`} value={reason} max={2000} rows={3} onChange={setReason} />
        </label>
      )}
    </DeskDialog>
  );
}

interface Said {
  reason: string;
  until: number;
  assignee: string;
}

function request(act: CaseAct, caseId: number, { reason, until, assignee }: Said): Promise<PostResult> {
  const base = `/api/verifications/${caseId}`;
  switch (act) {
    case 'skip':
      return send('POST', `${base}/skip`, { body: { reason } });
    case 'snooze':
      return send('POST', `${base}/snooze`, { body: { until, reason } });
    case 'escalate':
      return send('POST', `${base}/escalation`, { body: { reason } });
    case 'reopen':
      return send('POST', `${base}/reopening`, { body: { reason } });
    case 'assign':
      return send('POST', `${base}/assignment`, { body: { assigneeId: assignee === '' ? null : assignee } });
  }
}
