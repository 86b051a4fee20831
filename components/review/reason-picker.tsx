'use client';

import { useState } from 'react';
import { REASON_CODES, type ReasonCode } from '@/lib/domain/reason-codes';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { classNames } from '../ui/class-names';
import { Kbd } from '../ui/kbd';
import { REASONS_MAX } from './draft';

export interface ReasonPickerProps {
  codes: ReasonCode[];
  chosen: ReasonCode[];
  onToggle: (code: ReasonCode) => void;
}

/** The reasons that may stand beside an outcome; the first nine have a digit each. Below them what the one at hand means. */
export function ReasonPicker({ codes, chosen, onToggle }: ReasonPickerProps) {
  const [atHand, setAtHand] = useState<ReasonCode | null>(null);
  const toggle = (code: ReasonCode | undefined) => {
    if (!code) return;
    setAtHand(code);
    onToggle(code);
  };
  useShortcuts('decision', Object.fromEntries(codes.slice(0, 9).map((code, index) => [`reason-${index + 1}`, () => toggle(code)])));
  const explained = atHand && codes.includes(atHand) ? atHand : chosen.at(-1);
  const full = chosen.length >= REASONS_MAX;
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">Reasons</legend>
      <div className="flex flex-wrap gap-1.5">
        {codes.map((code, index) => {
          const on = chosen.includes(code);
          return (
            <button
              key={code}
              type="button"
              aria-pressed={on}
              aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
              aria-disabled={full && !on ? true : undefined}
              title={`${code}: ${REASON_CODES[code].guideline}`}
              onClick={() => toggle(code)}
              onPointerEnter={() => setAtHand(code)}
              onFocus={() => setAtHand(code)}
              className={classNames(
                'inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 font-medium text-xs',
                on ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong bg-surface hover:bg-raised',
              )}
            >
              {index < 9 && (
                <span className="hidden md:inline">
                  <Kbd inherit={on}>{index + 1}</Kbd>
                </span>
              )}
              {REASON_CODES[code].label}
            </button>
          );
        })}
      </div>
      <p className="mt-1.5 min-h-[1.45em] text-muted text-xs">
        {full ? `Five reasons at most. ` : ''}
        {explained ? REASON_CODES[explained].guideline : 'Choose at least one reason.'}
      </p>
    </fieldset>
  );
}
