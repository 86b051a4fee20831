'use client';

import { useId, useState } from 'react';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import { ROLES, type Role } from '@/lib/domain/roles';
import { DeskDialog } from '../desk/desk-dialog';
import { ask } from '../review/post';
import { type AccountRow, type AccountsAnswer, wireAccounts } from './accounts-wire';
import { PasswordField } from './password-field';
import { ROLE_WORDS } from './role-words';
import { TakesTwo } from './takes-two';

export type UserVerb = 'role' | 'password' | 'sessions' | 'disable' | 'enable';

/** What an administrator began to do to whom. */
export interface UserAct {
  verb: UserVerb;
  user: AccountRow;
}

export interface UserActDialogProps {
  act: UserAct;
  viewerId: string;
  onDone: (answer: AccountsAnswer, said: string) => void;
  onClose: () => void;
}

const ADVICE = 'The account may be changed already. Look at the list before you repeat it.';

const WORDS: Record<UserVerb, { title: string; action: string; said: string; method: 'PUT' | 'DELETE' | 'POST'; path: string }> = {
  role: { title: 'Change the role of', action: 'Change role', said: 'has another role', method: 'PUT', path: 'role' },
  password: { title: 'Set a password for', action: 'Set password', said: 'has a new password', method: 'PUT', path: 'password' },
  sessions: { title: 'End the sessions of', action: 'End sessions', said: 'has no open session', method: 'DELETE', path: 'sessions' },
  disable: { title: 'Disable the account of', action: 'Disable account', said: 'is disabled', method: 'PUT', path: 'disabling' },
  enable: { title: 'Enable the account of', action: 'Enable account', said: 'can sign in again', method: 'POST', path: 'enabling' },
};

/** Asks once more before an account is changed, with what it means. */
export function UserActDialog({ act: { verb, user }, viewerId, onDone, onClose }: UserActDialogProps) {
  const id = useId();
  const [role, setRole] = useState(user.role);
  const [password, setPassword] = useState('');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<{ message: string; code?: string; field?: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const { title, action, said, method, path } = WORDS[verb];
  const why = whyTwo(verb, user, role, viewerId);
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const body =
      verb === 'role' ? { role, reason } : verb === 'password' ? { password, reason } : verb === 'enable' ? { reason } : undefined;
    const result = await ask(method, `/api/users/${user.id}/${path}`, wireAccounts, { body, advice: ADVICE });
    setBusy(false);
    if (!result.ok) return setProblem(result);
    onDone(result.value, `${user.name} ${said}.`);
  };
  return (
    <DeskDialog
      {...{ title: `${title} ${user.name}`, action: why === null ? action : 'Propose', busy, problem, onClose }}
      onConfirm={confirm}
    >
      {verb === 'role' && (
        <fieldset className="grid gap-1.5">
          <legend className="sr-only">Role</legend>
          {ROLES.map((one) => (
            <label key={one} className="flex items-start gap-2">
              <input
                type="radio"
                name={`${id}-role`}
                value={one}
                checked={role === one}
                onChange={() => setRole(one)}
                className="mt-0.5 size-4 accent-accent"
              />
              <span>
                <span className="font-medium">{one}</span> <span className="text-muted">{ROLE_WORDS[one]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {verb === 'password' && (
        <>
          <PasswordField value={password} onChange={setPassword} />
          <p className="text-muted">
            Open sessions end, and a lock is lifted. Hand the password over in person: they have to change it when they next sign in.
          </p>
        </>
      )}
      {verb === 'sessions' && (
        <p className="text-muted">
          {user.sessions === 1 ? 'The open session ends' : `All ${user.sessions} open sessions end`} at once. What was being typed stays in
          that browser.
        </p>
      )}
      {verb === 'disable' && (
        <p className="text-muted">
          Open sessions end at once. Decisions and notes stay. If this person is the only other second reviewer, changes that take two
          people wait until there is another one.
        </p>
      )}
      {verb === 'enable' && <p className="text-muted">The role stays {user.role}, and the password stays as it was.</p>}
      {why !== null && (
        <TakesTwo why={why} reason={{ id: `${id}-reason`, value: reason, invalid: problem?.field === 'reason', onChange: setReason }} />
      )}
    </DeskDialog>
  );
}

/** Returns why this needs a second reviewer, by the rule the server holds to. */
function whyTwo(verb: UserVerb, { id: userId, email, name, role: from }: AccountRow, to: Role, viewerId: string): string | null {
  const account = { userId, email, name };
  if (verb === 'role') return whyItTakesTwo(viewerId, { kind: 'ROLE', ...account, from, to });
  if (verb === 'password') return whyItTakesTwo(viewerId, { kind: 'PASSWORD', ...account, mark: '' });
  if (verb === 'enable') return whyItTakesTwo(viewerId, { kind: 'USER_ENABLE', ...account, role: from });
  return null;
}
