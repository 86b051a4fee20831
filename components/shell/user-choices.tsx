'use client';

import { useState } from 'react';
import { KeepDraftsChoice } from '../drafts/keep-drafts-choice';
import { ViewingChoice } from '../privacy/viewing-choice';
import { Button } from '../ui/button';
import { signOut } from './sign-out';

export interface UserChoicesProps {
  userId: string;
  /** What came of the last change of the password; null before one. */
  said: string | null;
  /** Absent for an account without a password. */
  onChangePassword?: () => void;
}

/** What users choose for themselves, and the way out. */
export default function UserChoices({ userId, said, onChangePassword }: UserChoicesProps) {
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = async () => {
    setLeaving(true);
    setProblem(null);
    try {
      await signOut();
    } catch {
      setProblem('You are still signed in: the console did not answer. Try again.');
      setLeaving(false);
    }
  };
  return (
    <>
      <ViewingChoice />
      <KeepDraftsChoice userId={userId} />
      {onChangePassword && (
        <Button className="mt-3 w-full" onClick={onChangePassword}>
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
    </>
  );
}
