'use client';

import { EyeOff } from 'lucide-react';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Button } from '../ui/button';
import { type Cover, CoverContext, useCover } from './use-cover';
import { useFullScreenPart } from './use-full-screen-part';
import { useViewing } from './viewing-context';
import { useWatermark } from './watermark';

export interface VeilProps {
  caseId: number;
  /** Somebody took the blur off, and it is recorded. */
  onRevealed?: () => void;
  /** Small pictures beside something else: no words over them, and B is left to the pictures of a case. */
  compact?: boolean;
  children: ReactNode;
}

/**
 * Whatever shows pictures of people goes in here. Blur, greyscale and watermark lie on this container, so that every canvas,
 * clip and picture within has them, however it is zoomed or compared.
 */
export function Veil({ caseId, onRevealed, compact = false, children }: VeilProps) {
  const { viewing } = useViewing();
  const cover = useCover(caseId, onRevealed);
  const watermark = useWatermark();
  const frame = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreenPart(frame);
  useShortcuts('case', { reveal: compact ? undefined : cover.toggle });
  const look: CSSProperties & Record<`--${string}`, string> = {
    '--veil-blur': `${viewing.blurPx}px`,
    ...(viewing.greyscale && { '--veil-tint': 'grayscale(1)' }),
    ...(watermark && { '--watermark': watermark }),
  };
  return (
    <CoverContext value={cover}>
      <div ref={frame} className="veil relative grid min-h-0 min-w-0 flex-1" data-covered={cover.covered || undefined} style={look}>
        {children}
        {watermark && <div aria-hidden="true" data-watermark className="veil-watermark pointer-events-none absolute inset-0 z-30" />}
        {compact && cover.covered && <CoverButton cover={cover} />}
        {!compact && (cover.covered || cover.problem) && <CoverCard cover={cover} over={fullScreen} />}
      </div>
    </CoverContext>
  );
}

function CoverButton({ cover: { busy, problem, toggle } }: { cover: Cover }) {
  return (
    <div className="pointer-events-none absolute inset-0 z-40 grid place-content-center justify-items-center gap-1">
      <Button small onClick={toggle} disabled={busy} className="pointer-events-auto shadow-lg" title="Written to the audit log">
        <EyeOff aria-hidden="true" className="size-3.5" />
        {busy ? 'Recording…' : 'Reveal'}
      </Button>
      {problem && (
        <p role="alert" className="rounded-md bg-surface px-2 py-1 text-bad text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}

// Where the pictures have the whole screen, what is said of them has to stand there too.
function CoverCard({ cover: { covered, busy, problem, toggle }, over }: { cover: Cover; over: Element | null }) {
  const card = (
    <div className="pointer-events-none absolute inset-0 z-40">
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
          <Button shortcut="B" onClick={toggle} disabled={busy}>
            {busy ? 'Recording…' : 'Reveal'}
          </Button>
        )}
      </section>
    </div>
  );
  return over ? createPortal(card, over) : card;
}
