'use client';

import type { KeyboardEvent, RefObject } from 'react';
import { isComposing, isSend } from '../keyboard/composing';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { LongText } from '../ui/long-text';
import { overLimit } from '../ui/pasted-text';

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
  const isTooLong = overLimit(value, max) !== null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (isSend(event)) {
      event.preventDefault();
      if (!disabled && !isTooLong && !event.repeat) onSubmit();
    }
    if (event.key === 'Escape' && !isComposing(event)) {
      event.preventDefault();
      onCancel();
    }
  };
  return (
    <div className="flex min-w-0 flex-1 items-end gap-2">
      <LongText
        ref={field}
        aria-label={label}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        value={value}
        max={max}
        rows={1}
        onChange={onChange}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-40 min-h-8 resize-none placeholder:text-faint"
      />
      <Button variant="primary" onClick={onSubmit} disabled={busy || disabled || isTooLong}>
        {busy ? 'Saving…' : action}
        <span className="hidden md:inline">
          <Kbd inherit>Ctrl ↵</Kbd>
        </span>
      </Button>
    </div>
  );
}
