'use client';

import { useState } from 'react';
import { PasswordFields } from '@/components/account/password-fields';
import { usePasswordChange } from '@/components/account/use-password-change';
import { ProblemNotice } from '@/components/review/problem-notice';
import { signOut } from '@/components/shell/sign-out';
import { Button } from '@/components/ui/button';

export interface ChangePasswordFormProps {
  email: string;
  /** Where to go once the password is changed; a path of this console. */
  landing: string;
}

/** Asks a user for a password of their own after they signed in with one set by an administrator, or signs them out. */
export function ChangePasswordForm({ email, landing }: ChangePasswordFormProps) {
  const { submit, busy, problem, ...fields } = usePasswordChange();
  const [trouble, setTrouble] = useState<string | null>(null);
  const confirm = async () => {
    setTrouble(null);
    if ((await submit()) !== null) window.location.assign(landing);
  };
  const leave = () =>
    signOut().catch(() => setTrouble('You are still signed in: the console did not respond. Check your connection and try again.'));
  const shown = trouble === null ? problem : { message: trouble };
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
      className="grid gap-4"
      aria-busy={busy}
    >
      {shown && <ProblemNotice problem={shown} />}
      <PasswordFields {...fields} {...{ email, problem }} />
      <Button type="submit" variant="primary" className="h-9" disabled={busy}>
        {busy ? 'Saving…' : 'Change password'}
      </Button>
      <Button className="h-9" onClick={() => void leave()}>
        Sign out
      </Button>
    </form>
  );
}
