'use client';

import { EyeOff } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Button } from '../ui/button';
import { type Cover, CoverContext, useCover } from './use-cover';
import { useViewing } from './viewing-context';
import { useWatermark } from './watermark';

export interface VeilProps {
  caseId: number;
  /** Somebody took the blur off, and it is recorded. */
  onRevealed?: () => void;
  /** Whether B reveals here; a screen with more than one veil leaves it to one. */
  withKey?: boolean;
  children: ReactNode;
}

/**
 * Whatever shows pictures of people goes in here. Blur, greyscale and watermark lie on this container, so that every canvas,
 * clip and picture within has them, however it is zoomed or compared.
 */
export function Veil({ caseId, onRevealed, withKey = true, children }: VeilProps) {
  const { viewing } = useViewing();
  const cover = useCover(caseId, onRevealed);
  const watermark = useWatermark();
  useShortcuts('case', { reveal: withKey ? cover.toggle : undefined });
  const look: CSSProperties & Record<`--${string}`, string> = {
    '--veil-blur': cover.covered ? `${viewing.blurPx}px` : '0px',
    '--veil-grey': viewing.greyscale ? '1' : '0',
    ...(watermark && { '--watermark': watermark }),
  };
  const filtered = cover.covered || viewing.greyscale;
  return (
    <CoverContext value={cover}>
      <div className="veil relative grid min-h-0 min-w-0 flex-1" data-filtered={filtered || undefined} style={look}>
        {children}
        {watermark && <div aria-hidden="true" data-watermark className="veil-watermark pointer-events-none absolute inset-0 z-10" />}
        {(cover.covered || cover.problem) && <CoverCard cover={cover} withKey={withKey} />}
      </div>
    </CoverContext>
  );
}

function CoverCard({ cover: { covered, busy, problem, toggle }, withKey }: { cover: Cover; withKey: boolean }) {
  return (
    <div className="pointer-events-none absolute inset-0 z-20">
      <section
        aria-label="Blurred pictures"
        className="pointer-events-auto sticky top-[38%] mx-auto mt-12 grid w-fit max-w-[calc(100%-32px)] justify-items-center gap-2 rounded-lg border border-line-strong bg-surface px-4 py-3 text-center shadow-lg"
      >
        <p className="flex items-center gap-2 font-medium">
          <EyeOff aria-hidden="true" className="size-4 shrink-0 text-muted" />
          The pictures are blurred
        </p>
        <p className="max-w-64 text-muted text-xs">Revealing them is written to the audit log.</p>
        {problem && (
          <p role="alert" className="max-w-64 text-bad">
            {problem}
          </p>
        )}
        {covered && (
          <Button {...(withKey && { shortcut: 'B' })} onClick={toggle} disabled={busy}>
            {busy ? 'Recording…' : 'Reveal'}
          </Button>
        )}
      </section>
    </div>
  );
}
