'use client';

import { useRef, useState } from 'react';
import { REASON_CODES, type ReasonCode } from '@/lib/domain/reason-codes';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { classNames } from '../ui/class-names';
import { Kbd } from '../ui/kbd';
import { REASONS_MAX } from './draft';
import { ReasonFilter } from './reason-filter';
import { reasonsNamed } from './reasons-named';

export interface ReasonPickerProps {
  codes: ReasonCode[];
  chosen: ReasonCode[];
  onToggle: (code: ReasonCode) => void;
}

/**
 * The reasons that may stand beside an outcome; the first nine have a digit each, all are found by typing. Below them what the one
 * at hand means, or what all chosen ones mean.
 */
export function ReasonPicker({ codes, chosen, onToggle }: ReasonPickerProps) {
  const [atHand, setAtHand] = useState<ReasonCode | null>(null);
  const [sought, setSought] = useState<string | null>(null);
  const [explaining, setExplaining] = useState(false);
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const toggle = (code: ReasonCode | undefined) => {
    if (!code) return;
    setAtHand(code);
    onToggle(code);
  };
  const endFilter = () => {
    setSought(null);
    fieldset.current?.focus();
  };
  useShortcuts('decision', {
    ...Object.fromEntries(codes.slice(0, 9).map((code, index) => [`reason-${index + 1}`, () => toggle(code)])),
    'filter-reasons': () => setSought(''),
    guideline: () => setExplaining((now) => !now),
  });
  const explained = atHand && codes.includes(atHand) ? atHand : chosen.at(-1);
  const full = chosen.length >= REASONS_MAX;
  const shown = sought === null ? codes : reasonsNamed(sought, codes);
  return (
    <fieldset ref={fieldset} tabIndex={-1} className="min-w-0 outline-none">
      <legend className="sr-only">Reasons</legend>
      <div className="flex flex-wrap gap-1.5">
        {sought !== null && (
          <ReasonFilter
            text={sought}
            found={shown.length}
            onChange={setSought}
            onChoose={() => {
              toggle(shown[0]);
              if (shown[0]) endFilter();
            }}
            onEnd={endFilter}
          />
        )}
        {shown.map((code) => {
          const on = chosen.includes(code);
          const digit = codes.indexOf(code) + 1;
          return (
            <button
              key={code}
              type="button"
              aria-pressed={on}
              aria-keyshortcuts={digit <= 9 ? String(digit) : undefined}
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
              {digit <= 9 && (
                <span className="hidden md:inline">
                  <Kbd inherit={on}>{digit}</Kbd>
                </span>
              )}
              {REASON_CODES[code].label}
            </button>
          );
        })}
      </div>
      {explaining && chosen.length > 0 ? (
        <dl aria-live="polite" className="mt-1.5 grid gap-1 text-xs sm:grid-cols-[max-content_minmax(0,1fr)] sm:gap-x-3">
          {chosen.map((code) => (
            <div key={code} className="contents">
              <dt className="font-medium">{REASON_CODES[code].label}</dt>
              <dd className="text-muted">{REASON_CODES[code].guideline}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="mt-1.5 min-h-[1.45em] text-muted text-xs">
          {full ? `Five reasons at most. ` : ''}
          {explained ? REASON_CODES[explained].guideline : 'Choose at least one reason.'}
        </p>
      )}
    </fieldset>
  );
}
