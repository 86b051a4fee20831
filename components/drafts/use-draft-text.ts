'use client';

import { useEffect, useRef, useState } from 'react';
import { draftName } from './draft-name';
import { keepDraft } from './draft-store';
import { loadDraft } from './load-draft';

/** A text that survives a reload, a crash and a new sign-in, for its author alone: kept until it is forgotten. */
export function useDraftText(caseId: number | null, kind: string): [text: string, change: (text: string) => void, forget: () => void] {
  const [text, setText] = useState('');
  const isTyped = useRef(false);
  const which = `${caseId}/${kind}`;
  const shownFor = useRef(which);
  useEffect(() => {
    // Only for another text: letters typed as the page came may be this one's already.
    if (shownFor.current !== which) isTyped.current = false;
    shownFor.current = which;
    return loadDraft(draftName(caseId, kind), (kept) => {
      // What was typed before the kept text could be opened is newer.
      if (!isTyped.current) setText(kept ?? '');
    });
  }, [which, caseId, kind]);
  const change = (next: string) => {
    isTyped.current = true;
    setText(next);
    keepDraft(draftName(caseId, kind), next === '' ? null : next);
  };
  return [text, change, () => change('')];
}
