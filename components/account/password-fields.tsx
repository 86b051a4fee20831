'use client';

import { useId, useState } from 'react';
import type { PasswordChange, PasswordValues } from './use-password-change';

export interface PasswordFieldsProps extends Pick<PasswordChange, 'values' | 'set' | 'problem'> {
  /** The address of the account, so that a password manager knows which one to update. */
  email: string;
}

const FIELD = 'h-9 w-full min-w-0 rounded-md border border-line-strong bg-bg px-3 text-base text-text sm:text-sm aria-invalid:border-bad';
const FIELDS: { name: keyof PasswordValues; label: string; autoComplete: string }[] = [
  { name: 'current', label: 'Current password', autoComplete: 'current-password' },
  { name: 'password', label: 'New password, at least 15 characters', autoComplete: 'new-password' },
  { name: 'repeated', label: 'New password again', autoComplete: 'new-password' },
];

/** The current password, the new one, and the new one again. */
export function PasswordFields({ values, set, problem, email }: PasswordFieldsProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {FIELDS.map(({ name, label, autoComplete }, index) => (
        <label key={name} htmlFor={`${id}-${name}`} className="grid gap-1 text-sm">
          {label}
          <input
            id={`${id}-${name}`}
            name={name}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            spellCheck={false}
            required
            // biome-ignore lint/a11y/noAutofocus: the form holds nothing else to begin with
            autoFocus={index === 0}
            value={values[name]}
            onChange={({ target }) => set({ [name]: target.value })}
            aria-invalid={problem?.field === name ? true : undefined}
            className={FIELD}
          />
        </label>
      ))}
      <label className="flex items-center gap-2 text-sm">
        <input type="checkbox" checked={shown} onChange={({ target }) => setShown(target.checked)} className="size-4 accent-accent" />
        Show passwords
      </label>
    </>
  );
}
