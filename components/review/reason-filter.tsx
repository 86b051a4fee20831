import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { isComposing, isEnter } from '../keyboard/composing';

export interface ReasonFilterProps {
  text: string;
  /** How many reasons the text leaves. */
  found: number;
  onChange: (text: string) => void;
  /** Takes the first one left. */
  onChoose: () => void;
  onEnd: () => void;
}

/** Narrows the reasons by typing: Enter takes the first one left, Escape shows all of them again. */
export function ReasonFilter({ text, found, onChange, onChoose, onEnd }: ReasonFilterProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || event.repeat) return;
    if (isEnter(event)) onChoose();
    else if (event.key === 'Escape') onEnd();
    else return;
    event.preventDefault();
    // The same press must not close the draft or confirm it.
    event.stopPropagation();
  };
  return (
    <>
      <input
        ref={field}
        aria-label="Find a reason"
        placeholder="Find a reason"
        value={text}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={onKeyDown}
        className="h-7 w-44 rounded-full border border-accent bg-bg px-2.5 text-xs placeholder:text-faint"
      />
      <span aria-live="polite" className="sr-only">
        {found} {found === 1 ? 'reason' : 'reasons'}
      </span>
    </>
  );
}
