'use client';

import { useRef } from 'react';
import { COMMENT_MAX, COMMENT_MIN } from '@/lib/domain/approval';
import type { Decision } from '@/lib/domain/decision';
import { EvidenceWarnings } from '../evidence/evidence-warnings';
import { lookAgainAfter, shownInUse } from '../evidence/shown-in-use';
import { noteUnchecked } from '../evidence/unchecked-in-use';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { AnswerComposer } from './answer-composer';
import { newKey, post } from './post';
import { DecisionEntry } from './review-panel';
import { useAnswer } from './use-answer';

export interface ApprovalPanelProps {
  decision: Decision;
  /** Why this viewer cannot be its second reviewer; null when they can. */
  blocked: string | null;
  /** The upstream replaced or lost the record since: nobody can agree to the proposal any more. */
  recordChanged: boolean;
  /** Whether the viewer's role answers proposals at all. */
  mayAnswer: boolean;
  onAnswered: (said: string) => void;
  /** The record on the page is not the present one: the page should read again. */
  onOutdated: () => void;
}

const WORDS = {
  agree: { action: 'Confirm: agree', placeholder: 'What you saw, if you want to add it.', said: 'You agreed.' },
  disagree: { action: 'Confirm: disagree', placeholder: 'Why you disagree, and what you saw.', said: 'You disagreed.' },
};

/** Shows a proposal that waits for a second reviewer: what was proposed and why, and the way to answer it. */
export function ApprovalPanel({ decision, blocked, recordChanged, mayAnswer, onAnswered, onOutdated }: ApprovalPanelProps) {
  const attempt = useRef<{ key: string; body: string } | null>(null);
  const { id: decisionId, verificationId } = decision;
  const able = mayAnswer && blocked === null;
  const mayAgree = able && !recordChanged;
  const answer = useAnswer({
    draft: { caseId: verificationId, kind: `approval/${decisionId}` },
    reasonMin: COMMENT_MIN,
    mayAgree,
    mayDisagree: able,
    send: async (choice, comment) => {
      const input = { decisionId, agrees: choice === 'agree', comment, shown: shownInUse(verificationId) };
      const body = JSON.stringify(input);
      // The same words sent again are the same request; other words are another one.
      if (attempt.current?.body !== body) attempt.current = { key: newKey(), body };
      const result = await post(`/api/verifications/${verificationId}/approval`, input, { 'idempotency-key': attempt.current.key });
      if (!result.ok) lookAgainAfter(result.code, verificationId);
      if (!result.ok && result.code === 'record-changed') onOutdated();
      if (!result.ok && result.code === 'evidence-unchecked') noteUnchecked(verificationId, result.details);
      return result;
    },
    onAnswered: (choice) => onAnswered(WORDS[choice].said),
  });
  const button = (which: 'agree' | 'disagree', label: string, shortcut: string) => (
    <Button
      small
      shortcut={shortcut}
      aria-pressed={answer.choice === which}
      variant={answer.choice === which ? 'primary' : 'plain'}
      onClick={() => answer.choose(which)}
    >
      {label}
    </Button>
  );

  if (answer.given) return <Notice tone="ok" title={WORDS[answer.given].said} className="m-2.5" />;
  return (
    <section
      ref={answer.panel}
      tabIndex={-1}
      aria-label="Waiting for a second reviewer"
      className="grid gap-2 border-line border-b px-4 py-2.5 outline-none"
    >
      <Notice
        tone="warn"
        title={decision.secondPerson ?? 'A second reviewer has to agree.'}
        action={
          able && (
            <span className="flex flex-wrap justify-end gap-2">
              {mayAgree && button('agree', 'Agree', 'Y')}
              {button('disagree', 'Disagree', 'W')}
            </span>
          )
        }
      >
        <ol className="mt-1 max-w-xl text-text">
          <DecisionEntry decision={decision} superseded={false} />
        </ol>
        {mayAnswer && blocked && <p>{blocked}</p>}
        {recordChanged && (
          <p>The record changed after this proposal, so nobody can agree to it. Disagree, or make a new decision on the present record.</p>
        )}
      </Notice>
      {answer.choice && <EvidenceWarnings caseId={verificationId} />}
      <AnswerComposer answer={answer} max={COMMENT_MAX} words={WORDS} />
    </section>
  );
}
