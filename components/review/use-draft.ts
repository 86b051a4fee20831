'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type CaseDraft, draftKey, EMPTY_DRAFT, readDraft, withoutDecision, writeDraft } from './draft';

export interface DraftHold {
  draft: CaseDraft;
  change: (next: (draft: CaseDraft) => CaseDraft) => void;
  /** The server has stored the decision: it is kept no longer, though still shown until the next change. */
  forgetDecision: () => void;
  /** False until what was kept has been read: the server and the first paint know of no draft. */
  loaded: boolean;
}

/** The draft of one person on one case, kept in this browser with every change until it is saved. */
export function useDraft(userId: string, caseId: number): DraftHold {
  const key = draftKey(userId, caseId);
  const current = useRef(EMPTY_DRAFT);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [loaded, setLoaded] = useState(false);

  useEffect(() => {
    current.current = readDraft(storage()?.getItem(key) ?? null);
    setDraft(current.current);
    setLoaded(true);
    // The same case in another tab: what is typed where the reviewer is counts, and the other tab must not write over it later.
    const onElsewhere = (event: StorageEvent) => {
      if (event.key !== key || document.hasFocus()) return;
      current.current = readDraft(event.newValue);
      setDraft(current.current);
    };
    window.addEventListener('storage', onElsewhere);
    return () => window.removeEventListener('storage', onElsewhere);
  }, [key]);

  const change = useCallback(
    (next: (draft: CaseDraft) => CaseDraft) => {
      current.current = next(current.current);
      setDraft(current.current);
      keep(key, writeDraft(current.current));
    },
    [key],
  );
  const forgetDecision = useCallback(() => {
    current.current = withoutDecision(current.current);
    keep(key, writeDraft(current.current));
  }, [key]);
  return { draft, change, forgetDecision, loaded };
}

function keep(key: string, text: string | null): void {
  try {
    if (text === null) storage()?.removeItem(key);
    else storage()?.setItem(key, text);
  } catch {
    // A full or forbidden storage costs the draft its survival of a reload, never the typing itself.
  }
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
