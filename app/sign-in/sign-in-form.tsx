'use client';

import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { signInWithPassword, startSingleSignOn } from './requests';

interface SignInFormProps {
  /** Where to go once signed in; a path of this console. */
  landing: string;
  /** Text of the button for single sign-on, null when there is none. */
  sso: string | null;
  /** What went wrong before this page was shown. */
  earlier: string | null;
}

const FIELD =
  'h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-base text-text sm:text-sm aria-invalid:border-bad';

/** E-mail and password, and the button for single sign-on where there is one. What was typed stays after a refusal. */
export function SignInForm({ landing, sso, earlier }: SignInFormProps) {
  const [refusal, setRefusal] = useState(earlier);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const attempt = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setRefusal(null);
    const sentence = await work().catch(() => 'The console cannot be reached. Check your connection and try again.');
    if (sentence === null) return;
    setRefusal(sentence);
    setBusy(false);
    password.current?.select();
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    void attempt(() => signInWithPassword(String(given.get('email')), String(given.get('password')), landing));
  };

  return (
    // Posted by the browser itself only while scripts are still loading: the password must not end up in the address.
    <form method="post" action="/api/auth/callback/credentials" onSubmit={submit} className="grid gap-4" aria-busy={busy}>
      {refusal && (
        <p id="refusal" role="alert" className="rounded-md border border-bad bg-bad-soft px-3 py-2 text-bad text-sm">
          {refusal}
        </p>
      )}
      <label className="grid gap-1 text-sm">
        <span>E-mail</span>
        <input
          name="email"
          // Not "email": browsers refuse letters of other scripts there.
          type="text"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="username"
          required
          // biome-ignore lint/a11y/noAutofocus: the page holds nothing else to begin with
          autoFocus
          aria-describedby={refusal ? 'refusal' : undefined}
          className={FIELD}
        />
      </label>
      <div className="grid gap-1 text-sm">
        <label htmlFor="password">Password</label>
        <div className="flex gap-2">
          <input
            ref={password}
            id="password"
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            required
            aria-describedby={refusal ? 'refusal' : undefined}
            className={FIELD}
          />
          <Button className="h-9" aria-label={shown ? 'Hide password' : 'Show password'} onClick={() => setShown(!shown)}>
            {shown ? 'Hide' : 'Show'}
          </Button>
        </div>
      </div>
      <Button type="submit" variant="primary" className="h-9" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
      {sso && (
        <Button className="h-9" disabled={busy} onClick={() => void attempt(() => startSingleSignOn(landing))}>
          {sso}
        </Button>
      )}
    </form>
  );
}
