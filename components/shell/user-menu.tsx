'use client';

import { useState } from 'react';
import { lazyPart } from '../parts/lazy-part';
import { buttonClass } from '../ui/button';
import { PopoverButton } from '../ui/popover-button';
import { initialsOf } from './initials';
import type { ShellUser } from './shell-user';

// Opened seldom, loaded with every page: fetched when they are first opened.
const UserChoices = lazyPart(() => import('./user-choices'), { name: 'Your choices' });
const ChangePasswordDialog = lazyPart(() => import('../account/change-password-dialog'), {
  name: 'Changing the password',
  closeOf: ({ onClose }) => onClose,
});

/** Shows who is signed in, what they choose for themselves, the change of their password, and the way out. */
export function UserMenu({ user }: { user: ShellUser }) {
  const [opened, setOpened] = useState(false);
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <>
      <PopoverButton
        label={`Signed in as ${user.name}, ${user.role}`}
        className={`${buttonClass('quiet', true)} text-sm`}
        panelClassName="w-60"
        onOpen={() => setOpened(true)}
        panel={
          <div className="p-2">
            <p className="truncate font-medium">{user.name}</p>
            <p className="truncate text-muted">{user.email}</p>
            <p className="text-muted">Role: {user.role}</p>
            {opened && (
              <UserChoices userId={user.id} said={said} {...(user.hasPassword && { onChangePassword: () => setChanging(true) })} />
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
