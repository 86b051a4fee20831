'use client';

import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { COMMENT_MAX, COMMENT_MIN } from '@/lib/domain/approval';
import type { Decision } from '@/lib/domain/decision';
import { useDraftText } from '../drafts/use-draft-text';
import { EvidenceWarnings } from '../evidence/evidence-warnings';
import { lookAgain, shownInUse } from '../evidence/shown-in-use';
import { noteUnchecked } from '../evidence/unchecked-in-use';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Composer } from './composer';
import { newKey, post } from './post';
import { DecisionEntry } from './review-panel';

export interface ApprovalPanelProps {
  decision: Decision;
  /** Why this viewer cannot be its second person; null when they can. */
  blocked: string | null;
  /** The upstream replaced or lost the record since: nobody can agree to the proposal any more. */
  recordChanged: boolean;
  /** Whether the viewer's role answers proposals at all. */
  mayAnswer: boolean;
  onAnswered: (said: string) => void;
}

type Choice = 'agree' | 'disagree';

/** A proposal that waits for a second person: what was proposed and why, and two keys to answer it. One key only chooses. */
export function ApprovalPanel({ decision, blocked, recordChanged, mayAnswer, onAnswered }: ApprovalPanelProps) {
  const [choice, setChoice] = useState<Choice | null>(null);
  const [comment, setComment, forget] = useDraftText(decision.verificationId, `approval/${decision.id}`);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const [answer, setAnswer] = useState<string | null>(null);
  const attempt = useRef<{ key: string; body: string } | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const panel = useRef<HTMLElement>(null);

  const choose = (next: Choice) => {
    // At once: whoever types on is writing already, and a letter outside of the field is a command.
    flushSync(() => {
      setChoice(next);
      setProblem(null);
    });
    (next === 'disagree' ? field.current : panel.current)?.focus();
  };
  const confirm = async () => {
    if (choice === null || sending) return;
    if (choice === 'disagree' && comment.trim().length < COMMENT_MIN)
      return setProblem(`Say in at least ${COMMENT_MIN} characters why you disagree.`);
    const { id: decisionId, verificationId } = decision;
    const input = { decisionId, agrees: choice === 'agree', comment: comment.trim(), shown: shownInUse(verificationId) };
    const body = JSON.stringify(input);
    // The same words sent again are the same act; other words are another one.
    if (attempt.current?.body !== body) attempt.current = { key: newKey(), body };
    setSending(true);
    setProblem(null);
    const result = await post(`/api/verifications/${decision.verificationId}/approval`, input, { 'idempotency-key': attempt.current.key });
    setSending(false);
    if (!result.ok && result.code === 'evidence-changed') lookAgain(verificationId);
    if (!result.ok && result.code === 'evidence-unchecked') noteUnchecked(verificationId, result.details);
    if (!result.ok) return setProblem(result.message);
    forget();
    const said = choice === 'agree' ? 'You agreed.' : 'You disagreed.';
    // At once: the list without this proposal may take its time.
    setAnswer(said);
    onAnswered(said);
  };
  const able = mayAnswer && blocked === null;
  const mayAgree = able && !recordChanged;
  const isOpen = answer === null;
  useShortcuts('case', {
    agree: isOpen && mayAgree ? () => choose('agree') : undefined,
    disagree: isOpen && able ? () => choose('disagree') : undefined,
  });
  useShortcuts('decision', { confirm: isOpen && choice ? confirm : undefined });

  if (answer) return <Notice tone="ok" title={answer} className="m-2.5" />;
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label="Waits for a second person"
      className="grid gap-2 border-line border-b px-4 py-2.5 outline-none"
    >
      <Notice
        tone="warn"
        title={decision.secondPerson ?? 'A second person has to agree.'}
        action={
          able && (
            <span className="flex flex-wrap justify-end gap-2">
              {mayAgree && (
                <Button
                  small
                  shortcut="Y"
                  aria-pressed={choice === 'agree'}
                  variant={choice === 'agree' ? 'primary' : 'plain'}
                  onClick={() => choose('agree')}
                >
                  Agree
                </Button>
              )}
              <Button
                small
                shortcut="W"
                aria-pressed={choice === 'disagree'}
                variant={choice === 'disagree' ? 'primary' : 'plain'}
                onClick={() => choose('disagree')}
              >
                Disagree
              </Button>
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
      {choice && <EvidenceWarnings caseId={decision.verificationId} />}
      {problem && <Notice tone="bad" title={problem} />}
      {choice && (
        <Composer
          label="Comment"
          placeholder={choice === 'agree' ? 'What you saw, if you want to say it.' : 'Why not? Say what you saw.'}
          value={comment}
          max={COMMENT_MAX}
          action={choice === 'agree' ? 'Confirm: agree' : 'Confirm: disagree'}
          busy={sending}
          invalid={problem !== null}
          field={field}
          onChange={setComment}
          onSubmit={confirm}
          onCancel={() => setChoice(null)}
        />
      )}
    </section>
  );
}
