'use client';

import { type FormEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { ACKNOWLEDGEMENT_REASON } from '@/lib/domain/evidence-shown';
import { post } from '../api/client';
import { Button } from '../ui/button';
import { LongText } from '../ui/long-text';

const ADVICE = 'The difference may be acknowledged already. Look at the state of the file before you repeat it.';

export interface AcknowledgeFormProps {
  caseId: number;
  file: string;
  onDone: () => void;
  onClose: () => void;
}

/** Why a file held other bytes for a time, in the words of a reviewer. */
export default function AcknowledgeForm({ caseId, file, onDone, onClose }: AcknowledgeFormProps) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useLayoutEffect(() => field.current?.focus(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const result = await post(`/api/verifications/${caseId}/evidence/acknowledgement`, { file, reason: reason.trim() }, {}, ADVICE);
    setBusy(false);
    setProblem(result.ok ? null : result.message);
    if (result.ok) onDone();
  };
  return (
    <form onSubmit={submit} className="mt-1.5 grid max-w-xl gap-1.5 text-text">
      <label htmlFor={id}>Why did {file} hold other bytes?</label>
      <LongText
        ref={field}
        id={id}
        value={reason}
        rows={2}
        max={ACKNOWLEDGEMENT_REASON.max}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={setReason}
      />
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <span className="flex gap-2">
        <Button small type="submit" variant="primary" disabled={busy}>
          {busy ? 'Reading the file…' : 'Acknowledge difference'}
        </Button>
        <Button small variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
