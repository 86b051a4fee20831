import { useId, useState } from 'react';
import * as z from 'zod/mini';
import { VIEW_NAME_MAX } from '@/lib/domain/desk-input';
import { ROLES } from '@/lib/domain/roles';
import { DeskDialog, type DeskDialogProps } from '../desk/desk-dialog';
import { ask, newKey } from '../review/post';

export interface SaveViewDialogProps {
  /** What the grid shows, as its address says it. */
  query: string;
  mayShare: boolean;
  onSaved: (name: string) => void;
  onClose: () => void;
}

const saved = z.object({ view: z.object({ name: z.string() }) });

/** Gives what the grid shows a name: for oneself, or for everybody and as what a role begins with. */
export default function SaveViewDialog({ query, mayShare, onSaved, onClose }: SaveViewDialogProps) {
  const id = useId();
  const [key, setKey] = useState(newKey);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [defaultFor, setDefaultFor] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<DeskDialogProps['problem']>(null);
  const confirm = async () => {
    if (busy) return;
    if (name.trim() === '') return setProblem({ message: 'Name the view.' });
    setBusy(true);
    setProblem(null);
    const body = { name: name.trim(), query, shared, defaultFor: shared && defaultFor !== '' ? defaultFor : null };
    const result = await ask('POST', '/api/views', saved, { body, headers: { 'idempotency-key': key } });
    setBusy(false);
    if (result.ok) return onSaved(result.value.view.name);
    setProblem(result);
    // Without an answer it may have been stored: then the same key asks for that answer. After a "no" the next try is another one.
    if (result.code !== 'no-answer') setKey(newKey());
  };
  return (
    <DeskDialog title="Save this view" action="Save" busy={busy} problem={problem} onConfirm={confirm} onClose={onClose}>
      <p className="text-muted">The source, the filters, the order and the columns, as they are now.</p>
      <label htmlFor={`${id}-name`} className="grid gap-1">
        <span className="text-muted">Name</span>
        <input
          id={`${id}-name`}
          value={name}
          maxLength={VIEW_NAME_MAX}
          onChange={({ target }) => setName(target.value)}
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type this
          autoFocus
          autoComplete="off"
          className="h-8 rounded-md border border-line-strong bg-bg px-2.5"
        />
      </label>
      {mayShare && (
        <>
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={shared} onChange={({ target }) => setShared(target.checked)} className="size-4 accent-accent" />
            Share with everybody
          </label>
          {shared && (
            <label htmlFor={`${id}-role`} className="grid gap-1">
              <span className="text-muted">What a role begins with</span>
              <select
                id={`${id}-role`}
                value={defaultFor}
                onChange={({ target }) => setDefaultFor(target.value)}
                className="h-8 rounded-md border border-line-strong bg-surface px-2"
              >
                <option value="">of no role</option>
                {ROLES.map((role) => (
                  <option key={role} value={role}>
                    {role}
                  </option>
                ))}
              </select>
            </label>
          )}
        </>
      )}
    </DeskDialog>
  );
}
