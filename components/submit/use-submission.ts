'use client';

import { useEffect, useRef, useState } from 'react';
import { formatTags, isSubmissionId } from '@/lib/domain/submission';
import type { Tag } from '@/lib/domain/verification';
import { checkSession } from '../api/request';
import { forgetInTab, keepInTab, readInTab } from '../drafts/tab-draft';
import { type SendProgress, type SendResult, sendForm } from './send-form';
import { newSubmissionId } from './submission-id';

/** What is submitted. */
export interface Submittable {
  idFile: File;
  selfieFile: File;
  tags: readonly Tag[];
}

const KIND = 'submission';
const LEFT_BEHIND =
  'Outcome unknown: this page was reloaded or left while a submission was under way. The service may have kept the verification or not: look for it by its submission tag before you submit again.';

/** An attempt that has ended, and the value of the tag it bore. */
export type Ended = SendResult & { submission: string };

export interface Submission {
  /** Null while nothing is under way. */
  progress: SendProgress | null;
  /** How the last attempt ended, until the next one begins. */
  ended: Ended | null;
  send(what: Submittable): Promise<Ended>;
  cancel(): void;
  forget(): void;
}

/**
 * Sends submissions one at a time, each under a new tag. Leaving the page while one is under way asks first; whoever reloads it all the
 * same is still told by which tag to look for it.
 */
export function useSubmission(): Submission {
  const [progress, setProgress] = useState<SendProgress | null>(null);
  const [ended, setEnded] = useState<Ended | null>(null);
  const running = useRef<AbortController | null>(null);
  const busy = progress !== null;

  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);

  useEffect(() => {
    let gone = false;
    readInTab(KIND).then((submission) => {
      if (gone || running.current || !isSubmissionId(submission)) return;
      setEnded((now) => now ?? { kind: 'unknown', message: LEFT_BEHIND, submission });
    });
    return () => {
      gone = true;
    };
  }, []);

  const send = async ({ idFile, selfieFile, tags }: Submittable): Promise<Ended> => {
    const submission = newSubmissionId();
    const form = new FormData();
    // The console reads the tags before it lets the files through.
    form.append('tags', formatTags(tags, submission));
    form.append('idFile', idFile);
    form.append('selfieFile', selfieFile);
    const controller = new AbortController();
    running.current = controller;
    setEnded(null);
    setProgress(0);
    // Asked before many megabytes are on their way: files sent under another session would be refused at their end.
    await checkSession();
    // Before the first byte leaves: a page that goes away from here on cannot say what became of it.
    await keepInTab(KIND, submission);
    const result: Ended = { ...(await sendForm(form, setProgress, controller.signal)), submission };
    running.current = null;
    if (result.kind !== 'unknown') forgetInTab(KIND);
    setEnded(result);
    // A finished one leads on to its case; until that is there nothing may be submitted again.
    if (result.kind !== 'done') setProgress(null);
    return result;
  };

  const forget = () => {
    forgetInTab(KIND);
    setEnded(null);
  };
  return { progress, ended, send, cancel: () => running.current?.abort(), forget };
}
