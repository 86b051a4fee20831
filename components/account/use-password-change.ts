import { useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../review/post';

const NONE = { current: '', password: '', repeated: '' };
const changed = z.object({ sessions: z.number() });

export type PasswordValues = typeof NONE;
export interface PasswordProblem {
  message: string;
  code?: string;
  field?: string;
}

export interface PasswordChange {
  values: PasswordValues;
  set: (change: Partial<PasswordValues>) => void;
  problem: PasswordProblem | null;
  busy: boolean;
  /** Resolves to how many other sessions ended, null when the password was not changed. */
  submit: () => Promise<number | null>;
}

/** Keeps what is typed to change one's own password, and sends it. What was typed stays after a refusal. */
export function usePasswordChange(): PasswordChange {
  const [values, setValues] = useState(NONE);
  const [problem, setProblem] = useState<PasswordProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (busy) return null;
    const { current, password, repeated } = values;
    if (password !== repeated) {
      setProblem({ message: 'The new password and its repetition differ. Type both again.', field: 'repeated' });
      return null;
    }
    setBusy(true);
    setProblem(null);
    const result = await ask('PUT', '/api/me/password', changed, {
      body: { current, password },
      advice: 'The password may be changed already. Try again; if the current password is wrong, the new one holds.',
    });
    setBusy(false);
    if (result.ok) return result.value.sessions;
    setProblem(result);
    return null;
  };
  return { values, set: (change) => setValues((before) => ({ ...before, ...change })), problem, busy, submit };
}
