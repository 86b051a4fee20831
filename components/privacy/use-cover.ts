'use client';

import { createContext, useContext, useState } from 'react';
import { send } from '../review/post';
import { useViewing } from './viewing-context';

/** Whether the pictures of a case are blurred at this moment, and the way to change it. */
export interface Cover {
  covered: boolean;
  /** A reveal is being recorded. */
  busy: boolean;
  /** Why they were not revealed. */
  problem: string | null;
  toggle: () => void;
}

export const CoverContext = createContext<Cover | null>(null);

const ADVICE = 'Pictures stay blurred until it is recorded that you look. Reveal them again.';

/** The cover over the pictures around this component; null where there is none. */
export function useCoverAround(): Cover | null {
  return useContext(CoverContext);
}

/** The cover over a case's pictures. It opens only once the server has recorded that it does; closing it needs nobody. */
export function useCover(caseId: number, onRevealed?: () => void): Cover {
  const { viewing } = useViewing();
  const [chosen, setChosen] = useState<'covered' | 'revealed' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const covered = chosen === null ? viewing.masked : chosen === 'covered';

  const toggle = async () => {
    if (busy) return;
    setProblem(null);
    if (!covered) return setChosen('covered');
    setBusy(true);
    const answer = await send('POST', `/api/verifications/${caseId}/reveals`, { advice: ADVICE });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.message);
    setChosen('revealed');
    onRevealed?.();
  };
  return { covered, busy, problem, toggle: () => void toggle() };
}
