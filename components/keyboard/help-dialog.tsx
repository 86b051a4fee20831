'use client';

import { CircleHelp, X } from 'lucide-react';
import { useRef } from 'react';
import { SCOPES, type Scope } from '@/lib/domain/shortcuts';
import { Button, buttonClass } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { helpLines } from './help-lines';
import { useShortcuts } from './use-shortcuts';

const HEADING: Record<Scope, string> = {
  everywhere: 'Everywhere',
  grid: 'List of verifications',
  list: 'Other lists',
  case: 'Case',
  clip: 'Selfie clip',
  picture: 'On a picture that has the focus',
  compare: 'Comparison, with the focus on it',
  decision: 'While deciding',
};

/** The `?` button and the list of all keys behind it, read from the one registry. */
export function HelpDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = () => dialog.current?.showModal();
  const close = () => dialog.current?.close();
  useShortcuts('everywhere', { help: open });
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-keyshortcuts="?"
        aria-label="Show the keys"
        title="Show the keys (?)"
        className={`${buttonClass('quiet', true)} w-7`}
      >
        <CircleHelp aria-hidden="true" className="size-4 shrink-0" />
      </button>
      <dialog
        ref={dialog}
        aria-labelledby="help-title"
        className="m-auto max-h-[85dvh] w-[min(720px,calc(100vw-24px))] rounded-lg border border-line-strong bg-surface p-0 text-text shadow-xl backdrop:bg-black/40"
      >
        <div className="sticky top-0 flex items-center justify-between border-line border-b bg-surface px-4 py-2">
          <h2 id="help-title" className="font-semibold text-base">
            Keys
          </h2>
          <Button variant="quiet" small onClick={close} aria-label="Close" className="w-7">
            <X aria-hidden="true" className="size-4 shrink-0" />
          </Button>
        </div>
        <div className="gap-x-8 px-4 py-3 sm:columns-2">
          {SCOPES.map((scope) => (
            <ScopeKeys key={scope} scope={scope} />
          ))}
        </div>
        <p className="border-line border-t px-4 py-2 text-muted">
          Except Ctrl K, keys do nothing while you type and while Ctrl, Alt or Meta is held.
        </p>
      </dialog>
    </>
  );
}

function ScopeKeys({ scope }: { scope: Scope }) {
  const lines = helpLines(scope);
  if (lines.length === 0) return null;
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 font-medium text-muted text-xs">{HEADING[scope]}</h3>
      <dl>
        {lines.map(({ keys, label }) => (
          <div key={keys} className="flex items-center justify-between gap-4 border-line border-t py-1.5 first:border-t-0">
            <dt>{label}</dt>
            <dd className="shrink-0">
              <Kbd>{keys}</Kbd>
              <span className="sr-only">{keys}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
