'use client';

import { type RefObject, useRef, useState } from 'react';
import { NOTE_MAX } from '@/lib/domain/note';
import { Composer } from './composer';
import { type CaseDraft, noteAttemptOf } from './draft';
import { newKey, post } from './post';

export interface NoteComposerProps {
  caseId: number;
  draft: CaseDraft;
  change: (next: (draft: CaseDraft) => CaseDraft) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  onSaved: () => void;
  onCancel: () => void;
  onProblem: (problem: { message: string; code?: string } | null) => void;
}

/** Writes a note. What is typed stays in the draft until the server has stored it. */
export function NoteComposer({ caseId, draft, change, field, onSaved, onCancel, onProblem }: NoteComposerProps) {
  const [busy, setBusy] = useState(false);
  const underway = useRef(false);
  const save = async () => {
    if (underway.current) return;
    if (draft.note.trim() === '') return onProblem({ message: 'Write something before saving the note.' });
    onProblem(null);
    underway.current = true;
    const noteAttempt = noteAttemptOf(draft, newKey);
    change((now) => ({ ...now, noteAttempt }));
    setBusy(true);
    const result = await post(`/api/verifications/${caseId}/notes`, { text: noteAttempt.text }, { 'idempotency-key': noteAttempt.key });
    underway.current = false;
    setBusy(false);
    if (!result.ok) return onProblem(result);
    change((now) => ({ ...now, note: '', noteAttempt: null }));
    onSaved();
  };
  return (
    <Composer
      label="Note"
      placeholder="What should the next reviewer know?"
      value={draft.note}
      max={NOTE_MAX}
      action="Save note"
      busy={busy}
      field={field}
      onChange={(note) => change((now) => ({ ...now, note }))}
      onSubmit={save}
      onCancel={onCancel}
    />
  );
}
