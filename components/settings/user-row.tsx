'use client';

import { Button } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';
import type { AccountRow } from './accounts-wire';
import type { UserVerb } from './user-act-dialog';

export interface UserRowProps {
  user: AccountRow;
  isViewer: boolean;
  onAct: (verb: UserVerb) => void;
}

/** One account: who, in which role, how they sign in and when they last did. */
export function UserRow({ user, isViewer, onAct }: UserRowProps) {
  const { name, email, role, disabledAt, lockedUntil, sessions, lastSignIn, signsInWith, mustChangePassword } = user;
  const act = (verb: UserVerb, label: string) => (
    <Button small variant="quiet" aria-label={`${label}: ${name}`} onClick={() => onAct(verb)}>
      {label}
    </Button>
  );
  const ways = [signsInWith.password && 'password', signsInWith.singleSignOn && 'single sign-on'].filter(Boolean).join(', ');
  return (
    <li className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 lg:grid-cols-[minmax(0,1.3fr)_72px_minmax(0,1fr)_318px]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className={disabledAt === null ? 'font-medium' : 'font-medium text-muted line-through'}>{name}</span>
          {isViewer && <span className="text-faint text-xs">you</span>}
          {disabledAt !== null && <Pill tone="bad">disabled</Pill>}
          {mustChangePassword && <Pill tone="plain">must change password</Pill>}
          {lockedUntil !== null && <Pill tone="warn">temporarily locked</Pill>}
        </p>
        <p className="truncate text-muted text-xs" title={email}>
          {email}
        </p>
      </div>
      <span className="font-medium">{role}</span>
      <p className="text-muted text-xs">
        {lastSignIn === null ? (
          'never signed in'
        ) : (
          <>
            last sign-in <LocalTime at={lastSignIn} />
          </>
        )}
        <br />
        {ways || 'by single sign-on, not bound yet'}
        {sessions > 0 && `, ${sessions} open session${sessions === 1 ? '' : 's'}`}
      </p>
      <span className="flex flex-wrap gap-x-1 lg:justify-end">
        {act('role', 'Role')}
        {!isViewer && !signsInWith.singleSignOn && act('password', 'Password')}
        {sessions > 0 && act('sessions', 'End sessions')}
        {disabledAt === null ? act('disable', 'Disable') : act('enable', 'Enable')}
      </span>
    </li>
  );
}
