'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { KeepDraftsChoice } from '../drafts/keep-drafts-choice';
import { ViewingChoice } from '../privacy/viewing-choice';
import { Button, buttonClass } from '../ui/button';
import { PopoverButton } from '../ui/popover-button';
import { initialsOf } from './initials';
import type { ShellUser } from './shell-user';

const ChangePasswordDialog = dynamic(() => import('../account/change-password-dialog'), { ssr: false });

/** Shows who is signed in, how pictures are shown to them, the change of their password, and the way out. */
export function UserMenu({ user }: { user: ShellUser }) {
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = async () => {
    setLeaving(true);
    setProblem(null);
    try {
      const { signOut } = await import('./sign-out');
      await signOut();
    } catch {
      setProblem('You are still signed in: the console did not answer. Try again.');
      setLeaving(false);
    }
  };
  return (
    <>
      <PopoverButton
        label={`Signed in as ${user.name}, ${user.role}`}
        className={`${buttonClass('quiet', true)} text-sm`}
        panelClassName="w-60"
        panel={
          <div className="p-2">
            <p className="truncate font-medium">{user.name}</p>
            <p className="truncate text-muted">{user.email}</p>
            <p className="text-muted">Role: {user.role}</p>
            <ViewingChoice />
            <KeepDraftsChoice userId={user.id} />
            {user.hasPassword && (
              <Button className="mt-3 w-full" onClick={() => setChanging(true)}>
                Change password
              </Button>
            )}
            {said && <p className="mt-2 text-ok">{said}</p>}
            <Button className="mt-3 w-full" onClick={leave} disabled={leaving}>
              {leaving ? 'Signing out…' : 'Sign out'}
            </Button>
            {problem && (
              <p role="alert" className="mt-2 text-bad">
                {problem}
              </p>
            )}
          </div>
        }
      >
        <span aria-hidden="true" className="grid size-6 place-items-center rounded-full bg-accent-soft font-semibold text-2xs text-accent">
          {initialsOf(user.name)}
        </span>
        <span className="hidden max-w-40 truncate text-text sm:inline">{user.name}</span>
        <span className="hidden font-normal text-faint md:inline">{user.role}</span>
      </PopoverButton>
      {changing && (
        <ChangePasswordDialog
          email={user.email}
          onDone={(sentence) => {
            setSaid(sentence);
            setChanging(false);
          }}
          onClose={() => setChanging(false)}
        />
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}
