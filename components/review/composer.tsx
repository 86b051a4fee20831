'use client';

import type { KeyboardEvent, RefObject } from 'react';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';

export interface ComposerProps {
  label: string;
  placeholder: string;
  value: string;
  max: number;
  action: string;
  busy: boolean;
  disabled?: boolean;
  /** The input the server or the rule complained about is this one. */
  invalid?: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  onSubmit: () => void;
  onCancel: () => void;
}

/** One text and the button that sends it. Ctrl or Cmd with Enter sends, Escape leaves and keeps the text. */
export function Composer({
  label,
  placeholder,
  value,
  max,
  action,
  busy,
  disabled,
  invalid,
  field,
  onChange,
  onSubmit,
  onCancel,
}: ComposerProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!disabled && !event.repeat) onSubmit();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    }
  };
  return (
    <div className="flex min-w-0 flex-1 items-end gap-2">
      <textarea
        ref={field}
        aria-label={label}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        value={value}
        maxLength={max}
        rows={1}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-40 min-h-8 min-w-0 flex-1 resize-none rounded-md border border-line-strong bg-bg px-2.5 py-[5px] placeholder:text-faint aria-invalid:border-bad"
      />
      <Button variant="primary" onClick={onSubmit} disabled={busy || disabled}>
        {busy ? 'Saving…' : action}
        <span className="hidden md:inline">
          <Kbd inherit>Ctrl ↵</Kbd>
        </span>
      </Button>
    </div>
  );
}
