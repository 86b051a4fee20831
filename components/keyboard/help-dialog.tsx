'use client';

import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { lazyPart } from '../parts/lazy-part';
import { buttonClass } from '../ui/button';
import { useKeyLabel } from '../ui/key-label';
import { useShortcuts } from './use-shortcuts';

const HelpPanel = lazyPart(() => import('./help-panel'), { name: 'The list of keys', closeOf: ({ onClose }) => onClose });

/** The `?` button; the list of keys behind it is fetched when it is first opened. */
export function HelpDialog() {
  const [isOpen, setOpen] = useState(false);
  const key = useKeyLabel()('?', 'everywhere');
  useShortcuts('everywhere', { help: () => setOpen(true) });
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts={key}
        aria-haspopup="dialog"
        aria-label="Show the keys"
        title={`Show the keys (${key})`}
        className={`${buttonClass('quiet', true)} w-7`}
      >
        <CircleHelp aria-hidden="true" className="size-4 shrink-0" />
      </button>
      {isOpen && <HelpPanel onClose={() => setOpen(false)} />}
    </>
  );
}
