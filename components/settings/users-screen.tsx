'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { ROLES } from '@/lib/domain/roles';
import { Button } from '../ui/button';
import type { AccountRow, AccountsAnswer } from './accounts-wire';
import { AddUser } from './add-user';
import { ROLE_WORDS } from './role-words';
import { type UserAct, UserActDialog } from './user-act-dialog';
import { UserRow } from './user-row';
import { WaitingChanges } from './waiting-changes';

export interface UsersScreenProps {
  initial: AccountRow[];
  viewerId: string;
  /** Changes to accounts that wait for a second reviewer. */
  waiting: ChangeView[];
}

/** Lists the accounts with their roles, and changes them. Every change is recorded with its author. */
export function UsersScreen({ initial, viewerId, waiting }: UsersScreenProps) {
  const router = useRouter();
  const [users, setUsers] = useState(initial);
  const [act, setAct] = useState<UserAct | null>(null);
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState('');
  const done = ({ users: next, change }: AccountsAnswer, sentence: string) => {
    setUsers(next);
    setSaid(change ? 'Proposed. It waits for a second reviewer.' : sentence);
    if (change) router.refresh();
    setAct(null);
    setAdding(false);
  };
  const open = users.filter(({ disabledAt }) => disabledAt === null).length;
  return (
    <div className="grid gap-5">
      <header className="flex flex-wrap items-end justify-between gap-2">
        <div>
          <h1 className="font-semibold text-xl">Users and roles</h1>
          <p className="text-muted">
            {open} of {users.length} accounts can sign in. A change applies from the next request of that account.
          </p>
        </div>
        <Button variant="primary" onClick={() => setAdding(true)}>
          Add user
        </Button>
      </header>
      <WaitingChanges changes={waiting} />
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {users.map((user) => (
          <UserRow key={user.id} user={user} isViewer={user.id === viewerId} onAct={(verb) => setAct({ verb, user })} />
        ))}
      </ul>
      <dl className="grid gap-x-6 gap-y-1 text-muted sm:grid-cols-[90px_1fr]">
        {ROLES.map((role) => (
          <div key={role} className="contents">
            <dt className="font-medium text-text">{role}</dt>
            <dd>{ROLE_WORDS[role]}</dd>
          </div>
        ))}
      </dl>
      {adding && <AddUser viewerId={viewerId} onDone={done} onClose={() => setAdding(false)} />}
      {act && <UserActDialog act={act} viewerId={viewerId} onDone={done} onClose={() => setAct(null)} />}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}
