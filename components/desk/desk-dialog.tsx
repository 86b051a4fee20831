'use client';

import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { isSend } from '../keyboard/composing';
import { ProblemNotice } from '../review/problem-notice';
import { Button } from '../ui/button';

export interface DeskDialogProps {
  title: string;
  action: string;
  busy: boolean;
  problem: { message: string; code?: string } | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A small form over the case: Ctrl or Cmd with Enter confirms, Escape leaves. What was typed is the caller's to keep. */
export function DeskDialog({ title, action, busy, problem, onConfirm, onClose, children }: DeskDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => {
        if (!isSend(event)) return;
        // In a field of one line it would send the form as well.
        event.preventDefault();
        if (!event.repeat) onConfirm();
      }}
      className="m-auto w-[min(460px,calc(100vw-24px))] rounded-lg border border-line-strong bg-surface p-0 text-text shadow-xl backdrop:bg-black/40"
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
        className="grid gap-3 p-4"
      >
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {children}
        {problem && <ProblemNotice problem={problem} />}
        <div className="flex justify-end gap-2">
          <Button variant="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? 'Saving…' : action}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
