'use client';

import { useId, useState } from 'react';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import { ROLES, type Role } from '@/lib/domain/roles';
import { DeskDialog } from '../desk/desk-dialog';
import { ask } from '../review/post';
import { type AccountsAnswer, wireAccounts } from './accounts-wire';
import { PasswordField } from './password-field';
import { ROLE_WORDS } from './role-words';
import { TakesTwo } from './takes-two';

export interface AddUserProps {
  viewerId: string;
  onDone: (answer: AccountsAnswer, said: string) => void;
  onClose: () => void;
}

const FIELD = 'h-8 rounded-md border border-line-strong bg-bg px-2.5 aria-invalid:border-bad';

const ADVICE = 'The user may be added or proposed already. Look at the list before you repeat it.';

/** Adds an account. Without a password its owner signs in by single sign-on, with that e-mail address. */
export function AddUser({ viewerId, onDone, onClose }: AddUserProps) {
  const id = useId();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [withPassword, setWithPassword] = useState(true);
  const [password, setPassword] = useState('');
  const [reason, setReason] = useState('');
  const why = whyItTakesTwo(viewerId, { kind: 'USER_ADD', email, name, role, withPassword });
  const [problem, setProblem] = useState<{ message: string; code?: string; field?: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const body = { name, email, role, password: withPassword ? password : null, reason };
    const result = await ask('POST', '/api/users', wireAccounts, { body, advice: ADVICE });
    setBusy(false);
    if (!result.ok) return setProblem(result);
    onDone(result.value, `${name} is added as ${role}.`);
  };
  const invalid = (field: string) => (problem?.field === field ? true : undefined);
  return (
    <DeskDialog title="Add user" action={why === null ? 'Add user' : 'Propose user'} {...{ busy, problem, onClose }} onConfirm={confirm}>
      <label htmlFor={`${id}-name`} className="grid gap-1">
        Name
        <input
          id={`${id}-name`}
          value={name}
          onChange={({ target }) => setName(target.value)}
          aria-invalid={invalid('name')}
          className={FIELD}
        />
      </label>
      <label htmlFor={`${id}-email`} className="grid gap-1">
        E-mail address
        <input
          id={`${id}-email`}
          type="text"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
          aria-invalid={invalid('email')}
          className={FIELD}
        />
      </label>
      <label htmlFor={`${id}-role`} className="grid gap-1">
        Role
        <select
          id={`${id}-role`}
          value={role}
          onChange={({ target }) => setRole(ROLES.find((known) => known === target.value) ?? 'analyst')}
          className={FIELD}
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <span className="text-muted text-xs">{ROLE_WORDS[role]}</span>
      </label>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={withPassword}
          onChange={({ target }) => setWithPassword(target.checked)}
          className="size-4 accent-accent"
        />
        Signs in with a password (else by single sign-on only)
      </label>
      {withPassword && (
        <>
          <PasswordField value={password} onChange={setPassword} />
          <p className="text-muted">Hand over the password in person: the user have to change it at the first sign-in.</p>
        </>
      )}
      {why !== null && (
        <TakesTwo why={why} reason={{ id: `${id}-reason`, value: reason, invalid: problem?.field === 'reason', onChange: setReason }} />
      )}
    </DeskDialog>
  );
}
