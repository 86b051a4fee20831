'use client';

import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef } from 'react';
import { LOOK_RANGES, type LookScale, type PictureLook, PLAIN_LOOK } from '@/lib/domain/picture-look';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import type { Evidence } from './use-evidence';
import { useViewPart } from './use-picture-view';

type Target = EvidenceCategory | 'both';

export interface AdjustPanelProps {
  evidence: Evidence;
  target: Target;
  onTarget: (target: Target) => void;
  onClose: () => void;
}

const TARGETS: { target: Target; label: string }[] = [
  { target: 'both', label: 'Both' },
  { target: 'id', label: 'ID' },
  { target: 'face', label: 'Selfie' },
];

const SCALES: { name: LookScale; label: string }[] = [
  { name: 'brightness', label: 'Brightness' },
  { name: 'contrast', label: 'Contrast' },
  { name: 'gamma', label: 'Gamma' },
  { name: 'sharpen', label: 'Sharpen' },
];

/** How the pictures are looked at. Nothing here touches a file; Escape closes it and keeps what was set. */
export function AdjustPanel({ evidence, target, onTarget, onClose }: AdjustPanelProps) {
  const panel = useRef<HTMLFieldSetElement>(null);
  const stores = target === 'both' ? [evidence.sides.id.view, evidence.sides.face.view] : [evidence.sides[target].view];
  const look = useViewPart(evidence.sides[target === 'face' ? 'face' : 'id'].view, (store) => store.look);
  const change = (part: Partial<PictureLook>) => {
    for (const store of stores) store.changeLook(part);
  };
  useLayoutEffect(() => {
    const before = document.activeElement;
    panel.current?.querySelector('input')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <fieldset
      ref={panel}
      aria-label="Adjust the pictures"
      className="absolute bottom-full left-1/2 z-20 mb-1 grid w-[min(420px,calc(100vw-24px))] -translate-x-1/2 gap-2 rounded-lg border border-line-strong bg-surface p-3 shadow-xl"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="flex items-center gap-1">
        <span className="mr-auto font-semibold">Adjust</span>
        {TARGETS.map(({ target: one, label }) => (
          <Choice key={one} pressed={one === target} onClick={() => onTarget(one)}>
            {label}
          </Choice>
        ))}
        <Button variant="quiet" small onClick={onClose} aria-label="Close" className="w-7">
          <X aria-hidden="true" className="size-4 shrink-0" />
        </Button>
      </div>
      {SCALES.map(({ name, label }) => (
        <Scale key={name} name={name} label={label} value={look[name]} onChange={(value) => change({ [name]: value })} />
      ))}
      <div className="flex items-center gap-1">
        <Choice pressed={look.greyscale} onClick={() => change({ greyscale: !look.greyscale })}>
          Greyscale
        </Choice>
        <Choice pressed={look.invert} onClick={() => change({ invert: !look.invert })}>
          Invert
        </Choice>
        <Button small className="ml-auto" onClick={() => change(PLAIN_LOOK)}>
          As it is
        </Button>
      </div>
      <p className="text-faint text-xs">Only how it looks: the file stays as it is, and a decision records what was set.</p>
    </fieldset>
  );
}

function Scale({ name, label, value, onChange }: { name: LookScale; label: string; value: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[84px_1fr_44px] items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <input
        id={id}
        type="range"
        {...LOOK_RANGES[name]}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className="w-full accent-accent"
      />
      <output htmlFor={id} className="text-right font-mono text-xs">
        {name === 'gamma' ? value.toFixed(1) : value}
      </output>
    </div>
  );
}

function Choice({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={classNames(
        'h-7 rounded-md px-2 font-medium text-xs',
        pressed ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      {children}
    </button>
  );
}
