'use client';

import { Search } from 'lucide-react';
import { useState } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { lazyPart } from '../parts/lazy-part';
import { buttonClass } from '../ui/button';
import type { PaletteProps } from './palette';

const Palette = lazyPart(() => import('./palette'), { name: 'The palette', closeOf: ({ onClose }) => onClose });

/** The magnifier in the bar and Ctrl-K, which also works while typing. The palette itself is fetched when first opened. */
export function PaletteButton(props: Omit<PaletteProps, 'onClose'>) {
  const [open, setOpen] = useState(false);
  useShortcuts('everywhere', { palette: () => setOpen(true) });
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K"
        aria-haspopup="dialog"
        aria-label="Go to anything"
        title="Go to anything (Ctrl K)"
        className={`${buttonClass('quiet', true)} w-7`}
      >
        <Search aria-hidden="true" className="size-4 shrink-0" />
      </button>
      {open && <Palette {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
