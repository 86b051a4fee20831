'use client';

import { useId } from 'react';
import { Button } from '../ui/button';

// Without the letters and digits that are taken for one another. 32 of them, so that every byte falls on each alike.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789A';
const LENGTH = 20;

/** A password to be handed over: typed, or drawn in the browser, and readable while it is set. */
export function PasswordField({ value, onChange }: { value: string; onChange: (password: string) => void }) {
  const id = useId();
  const draw = () =>
    onChange(Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => LETTERS[byte % LETTERS.length] ?? '').join(''));
  return (
    <div className="grid gap-1">
      <label htmlFor={id}>Password, at least 15 characters</label>
      <span className="flex gap-2">
        <input
          id={id}
          value={value}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
          className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-bg px-2.5 font-mono"
        />
        <Button onClick={draw}>Draw one</Button>
      </span>
    </div>
  );
}
