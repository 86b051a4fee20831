'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { SCOPES, type Scope } from '@/lib/domain/shortcuts';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { shortcutsNow } from './bindings';
import { helpLines } from './help-lines';
import { readLayout, scriptNow, typedAt } from './layout';
import { SCOPE_HEADING } from './scope-heading';

/** The list of all keys as they are on this keyboard and for this person, read from the one registry. */
export default function HelpPanel({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => void readLayout().then(drawAgain), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="help-title"
      onClose={onClose}
      className="m-auto max-h-[85dvh] w-[min(720px,calc(100vw-24px))] rounded-lg border border-line-strong bg-surface p-0 text-text shadow-xl backdrop:bg-black/40"
    >
      <div className="sticky top-0 flex items-center justify-between border-line border-b bg-surface px-4 py-2">
        <h2 id="help-title" className="font-semibold text-base">
          Keys
        </h2>
        <Button variant="quiet" small onClick={() => dialog.current?.close()} aria-label="Close" className="w-7">
          <X aria-hidden="true" className="size-4 shrink-0" />
        </Button>
      </div>
      <div className="gap-x-8 px-4 py-3 sm:columns-2">
        {SCOPES.map((scope) => (
          <ScopeKeys key={scope} scope={scope} />
        ))}
      </div>
      <p className="border-line border-t px-4 py-2 text-muted">
        {scriptNow() === 'other' && 'Your keyboard types no Latin letters, so a command is where a US keyboard has its key. '}
        Except Ctrl K, keys do nothing while you type and while Ctrl, Alt or Meta is held.{' '}
        <Link
          href="/settings/keyboard"
          prefetch={false}
          onClick={() => dialog.current?.close()}
          className="font-medium text-accent underline"
        >
          Change keys
        </Link>
      </p>
    </dialog>
  );
}

function ScopeKeys({ scope }: { scope: Scope }) {
  const lines = helpLines(scope, shortcutsNow(), { script: scriptNow(), typedAt });
  if (lines.length === 0) return null;
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 font-medium text-muted text-xs">{SCOPE_HEADING[scope]}</h3>
      <dl>
        {lines.map(({ keys, label }) => (
          <div key={label} className="flex items-center justify-between gap-4 border-line border-t py-1.5 first:border-t-0">
            <dt>{label}</dt>
            <dd className="shrink-0">
              <Kbd literal>{keys}</Kbd>
              <span className="sr-only">{keys}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
