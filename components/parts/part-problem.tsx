'use client';

import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

export interface PartProblemProps {
  name: string;
  onRetry: () => void;
  /** Present for a dialog. */
  onClose: (() => void) | undefined;
  /** Something was typed for it. */
  hasText: boolean;
  /** Its code is here, but it broke. */
  isBroken?: boolean;
}

/** Says in the place of a part that it did not load, or broke, and offers to try again. */
export function PartProblem({ name, onRetry, onClose, hasText, isBroken = false }: PartProblemProps) {
  const title = isBroken ? `${name} stopped working` : `${name} did not load`;
  const advice = isBroken
    ? 'The rest of the page works. Try again; if it happens again, reload the page.'
    : 'The connection failed, or the console was updated. Try again; if it fails again, reload the page.';
  const text = (
    <p>
      {hasText && 'What you typed is kept. '}
      {advice}
    </p>
  );
  const retry = (
    <Button small variant="primary" onClick={onRetry}>
      Try again
    </Button>
  );
  if (onClose)
    return (
      <ProblemDialog title={title} onClose={onClose}>
        {text}
        <span className="flex justify-end gap-2">
          <Button small variant="quiet" onClick={onClose}>
            Close
          </Button>
          {retry}
        </span>
      </ProblemDialog>
    );
  return (
    <Notice tone="bad" title={title} action={retry} className="m-2">
      {text}
    </Notice>
  );
}

function ProblemDialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const modal = useModal(onClose);
  const id = useId();
  return (
    <dialog
      {...modal}
      aria-labelledby={id}
      className="m-auto w-[min(420px,calc(100vw-24px))] rounded-lg border border-line-strong bg-surface p-4 text-text shadow-xl backdrop:bg-black/40"
    >
      <div role="alert" className="grid gap-3">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}

/** Stands for a dialog whose code is on its way: nothing else obeys a key, and Escape calls it off. */
export function DialogOnItsWay({ onClose }: { onClose: () => void }) {
  const modal = useModal(onClose);
  return (
    <dialog
      {...modal}
      aria-label="Loading"
      aria-busy="true"
      className="m-auto border-0 bg-transparent p-4 outline-none backdrop:bg-transparent"
    />
  );
}

/** Opens a dialog for as long as it is shown. It closes before it is removed, so that the focus is back where it was for what follows it. */
function useModal(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  useLayoutEffect(() => {
    const shown = dialog.current;
    isGone.current = false;
    shown?.showModal();
    return () => {
      isGone.current = true;
      shown?.close();
    };
  }, []);
  return { ref: dialog, onClose: () => !isGone.current && onClose() };
}
