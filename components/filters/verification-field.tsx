'use client';

import { type Ref, useId, useState } from 'react';
import { pastedId } from '@/lib/domain/pasted-ids';
import { isEnter } from '../keyboard/composing';

export interface VerificationFieldProps {
  label?: string;
  /** The id in force, or what an address holds in its place. */
  value: string;
  /** With the id as digits, or empty. */
  onChange: (id: string) => void;
  inputRef?: Ref<HTMLInputElement> | undefined;
}

/**
 * A field for the id of one verification; an address of a case counts as its id. It applies once it is left or Enter is pressed. What
 * cannot be read stays in the field, with the reason below it, and changes nothing.
 */
export function VerificationField({ label = 'Verification', value, onChange, inputRef }: VerificationFieldProps) {
  const id = useId();
  const [state, setState] = useState<{ given: string; problem: string | null; notices: string[] }>(FRESH(value));
  if (state.given !== value) setState(FRESH(value));
  const apply = (input: HTMLInputElement) => {
    if (input.value === value) return;
    const read = pastedId(input.value, window.location.origin);
    if (!read.ok) return setState({ given: value, problem: read.message, notices: [] });
    const next = read.id === null ? '' : String(read.id);
    input.value = next;
    setState({ given: next, problem: null, notices: read.notices });
    if (next !== value) onChange(next);
  };
  return (
    <div className="grid gap-0.5 text-muted text-xs max-sm:w-full">
      <label htmlFor={`${id}-field`}>{label}</label>
      <input
        ref={inputRef}
        id={`${id}-field`}
        key={value}
        defaultValue={value}
        placeholder="id or address"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={state.problem !== null}
        aria-describedby={`${id}-said`}
        onBlur={({ target }) => apply(target)}
        onKeyDown={(event) => isEnter(event) && apply(event.currentTarget)}
        className="h-8 w-32 rounded-md border border-line-strong bg-bg px-2 font-mono text-sm text-text aria-invalid:border-bad max-sm:w-full"
      />
      <span id={`${id}-said`} aria-live="polite" className="max-w-80 text-bad [overflow-wrap:anywhere] empty:hidden">
        {state.problem ?? (state.notices.length > 0 && <span className="text-muted">{state.notices.join(' ')}</span>)}
      </span>
    </div>
  );
}

const FRESH = (given: string) => ({ given, problem: null, notices: [] as string[] });
