'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { destinationsOf } from '@/lib/domain/destination';
import { isComposing, isEnter } from '../keyboard/composing';
import { keyName } from '../keyboard/key-name';
import { activeVerbs } from '../keyboard/offers';
import { classNames } from '../ui/class-names';
import { ForeignText } from '../ui/foreign-text';
import { Kbd } from '../ui/kbd';
import { type PaletteEntry, type Place, paletteEntries } from './palette-entries';
import { savedViews } from './saved-views';

export interface PaletteProps {
  /** Screens the viewer may open. */
  places: readonly Place[];
  onClose: () => void;
}

/** Goes to a case, a customer, a view or a screen, or does what a key would: by typing. A combobox over one list. */
export default function Palette({ places, onClose }: PaletteProps) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [views, setViews] = useState<readonly Place[]>([]);
  // Read once, as the screen was when the palette opened: the palette itself must not change what is offered.
  const [verbs] = useState(activeVerbs);
  const entries = useMemo(
    () => paletteEntries(text, { places: [...places, ...views], verbs, go: (href) => router.push(href), origin: window.location.origin }),
    [text, places, views, verbs, router],
  );
  const { problem } = destinationsOf(text, window.location.origin);
  const current = Math.min(at, entries.length - 1);

  // Before any key that follows: it may be the first letter of what is sought.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let gone = false;
    savedViews().then((found) => gone || setViews(found));
    return () => {
      gone = true;
    };
  }, []);
  useEffect(() => {
    document.getElementById(`${listId}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, current]);

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    // Closing returns the focus at once, so that what runs may take it before the next key.
    dialog.current?.close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isComposing(event)) return;
    if (step && entries.length > 0) setAt((current + step + entries.length) % entries.length);
    else if (isEnter(event)) choose(entries[current]);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      aria-label="Go to anything"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      onKeyDown={onKeyDown}
      className="mx-auto mt-[12dvh] mb-auto w-[min(560px,calc(100vw-24px))] overflow-hidden rounded-lg border border-line-strong bg-surface p-0 text-text shadow-xl backdrop:bg-black/40"
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={entries.length > 0 ? `${listId}-${current}` : undefined}
        aria-label="Id, address, customer, view or action"
        placeholder="An id, an address, a customer, a view, an action"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        className="h-11 w-full border-line border-b bg-surface px-4 text-base outline-none placeholder:text-faint"
      />
      <div id={listId} role="listbox" aria-label="What this may mean" className="max-h-[50dvh] overflow-y-auto p-1">
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and takes the keys of the list
          <div
            key={entry.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onClick={() => choose(entry)}
            onPointerMove={() => setAt(index)}
            className={classNames(
              'flex min-h-8 cursor-default items-center justify-between gap-4 rounded-md px-3 py-1',
              index === current && 'bg-accent-soft text-accent',
            )}
          >
            <span className="min-w-0 truncate">
              <span className="mr-2 text-muted text-xs">{entry.group}</span>
              <ForeignText text={entry.label} />
            </span>
            {entry.key && (
              <Kbd literal inherit={index === current}>
                {keyName(entry.key)}
              </Kbd>
            )}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="px-4 pb-4 text-muted [overflow-wrap:anywhere]">
          {problem ?? 'Nothing here is called that. An id, an address or name=value leads on.'}
        </p>
      )}
      <p aria-live="polite" className="sr-only">
        {entries.length} {entries.length === 1 ? 'choice' : 'choices'}
      </p>
    </dialog>
  );
}
