'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { draftName } from '../drafts/draft-name';
import { keepDraft, readDraftText } from '../drafts/draft-store';
import { loadDraft } from '../drafts/load-draft';
import { type CaseDraft, EMPTY_DRAFT, readDraft, withoutDecision, writeDraft } from './draft';

export interface DraftHold {
  draft: CaseDraft;
  change: (next: (draft: CaseDraft) => CaseDraft) => void;
  /** The server has stored the decision: it is kept no longer, though still shown until the next change. */
  forgetDecision: () => void;
  /** False until what was kept has been read: the server and the first paint know of no draft. */
  loaded: boolean;
}

type Change = (draft: CaseDraft) => CaseDraft;

const KIND = 'case';

/** The draft of this page's user on one case, kept in this browser with every change until it is saved. */
export function useDraft(caseId: number): DraftHold {
  const current = useRef(EMPTY_DRAFT);
  /** Changes made before the kept draft could be opened, which come on top of it; null once it was. */
  const early = useRef<Change[] | null>([]);
  const shownFor = useRef(caseId);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [loaded, setLoaded] = useState(false);

  useEffect(() => {
    const name = draftName(caseId, KIND);
    const show = (next: CaseDraft) => {
      current.current = next;
      setDraft(next);
    };
    // Only for another case: a key pressed as the page came may have changed this one's draft before now.
    if (shownFor.current !== caseId) {
      shownFor.current = caseId;
      early.current = [];
      show(EMPTY_DRAFT);
      setLoaded(false);
    }
    early.current ??= [];
    const forget = loadDraft(name, (text) => {
      const changes = early.current ?? [];
      early.current = null;
      show(changes.reduce((kept, next) => next(kept), readDraft(text)));
      if (changes.length > 0) keepDraft(name, writeDraft(current.current));
      setLoaded(true);
    });
    // The same case in another tab: what is typed where the reviewer is counts, and the other tab must not write over it later.
    const onElsewhere = async (event: StorageEvent) => {
      if (event.key !== name || document.hasFocus()) return;
      const text = await readDraftText(name, event.newValue).catch(() => null);
      if (!document.hasFocus()) show(readDraft(text));
    };
    window.addEventListener('storage', onElsewhere);
    return () => {
      forget();
      window.removeEventListener('storage', onElsewhere);
    };
  }, [caseId]);

  const set = useCallback(
    (next: CaseDraft) => {
      current.current = next;
      // Until the kept draft was opened, writing would overwrite it.
      if (early.current === null) keepDraft(draftName(caseId, KIND), writeDraft(next));
    },
    [caseId],
  );
  const change = useCallback(
    (next: Change) => {
      early.current?.push(next);
      set(next(current.current));
      setDraft(current.current);
    },
    [set],
  );
  const forgetDecision = useCallback(() => set(withoutDecision(current.current)), [set]);
  return { draft, change, forgetDecision, loaded };
}
