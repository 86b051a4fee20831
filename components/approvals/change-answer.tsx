'use client';

import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { CHANGE_REASON_MIN, CHANGE_TEXT_MAX } from '@/lib/domain/change/verdict';
import { useDraftText } from '../drafts/use-draft-text';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Composer } from '../review/composer';
import { post } from '../review/post';
import { ProblemNotice } from '../review/problem-notice';
import { Button } from '../ui/button';

type Choice = 'agree' | 'disagree' | 'withdraw';

const WORDS: Record<Choice, { action: string; placeholder: string; said: string }> = {
  agree: { action: 'Confirm: agree', placeholder: 'What you checked, if you want to add it.', said: 'You agreed.' },
  disagree: { action: 'Confirm: disagree', placeholder: 'Why you disagree.', said: 'You disagreed.' },
  withdraw: { action: 'Confirm: withdraw', placeholder: 'Why you withdraw it, if you want to add it.', said: 'The change is withdrawn.' },
};

export interface ChangeAnswerProps {
  change: ChangeView;
  /** Whether the viewer's role answers and withdraws changes. */
  mayAnswer: boolean;
  onAnswered: (said: string) => void;
}

/** Agree, disagree or withdraw: one key chooses, another one confirms. What was typed stays until the server has stored it. */
export function ChangeAnswer({ change, mayAnswer, onAnswered }: ChangeAnswerProps) {
  const [choice, setChoice] = useState<Choice | null>(null);
  // Of one case it goes with that case.
  const [only, ...others] = change.cases;
  const [comment, setComment, forget] = useDraftText(others.length === 0 ? (only ?? null) : null, `change/${change.id}`);
  const [problem, setProblem] = useState<{ message: string; code?: string } | null>(null);
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const able = mayAnswer && change.obstacle === null;

  const choose = (next: Choice) => {
    // At once, so that the next key already goes into the field.
    flushSync(() => {
      setChoice(next);
      setProblem(null);
    });
    (next === 'disagree' ? field.current : panel.current)?.focus();
  };
  const confirm = async () => {
    if (choice === null || sending) return;
    const text = comment.trim();
    if (choice === 'disagree' && text.length < CHANGE_REASON_MIN)
      return setProblem({ message: `Say in at least ${CHANGE_REASON_MIN} characters why you disagree.` });
    setSending(true);
    setProblem(null);
    const result = await (choice === 'withdraw'
      ? post(`/api/changes/${change.id}/withdrawal`, { comment: text })
      : post(`/api/changes/${change.id}/verdict`, { agrees: choice === 'agree', comment: text }));
    setSending(false);
    if (!result.ok) return setProblem(result);
    forget();
    onAnswered(WORDS[choice].said);
  };
  useShortcuts('case', {
    agree: able && change.outdated === null ? () => choose('agree') : undefined,
    disagree: able ? () => choose('disagree') : undefined,
  });
  useShortcuts('decision', { confirm: choice ? confirm : undefined });

  const button = (which: Choice, label: string, shortcut?: string) => (
    <Button
      aria-pressed={choice === which}
      variant={choice === which ? 'primary' : 'plain'}
      onClick={() => choose(which)}
      {...(shortcut && { shortcut })}
    >
      {label}
    </Button>
  );
  return (
    <div ref={panel} tabIndex={-1} className="grid gap-3 outline-none">
      <div className="flex flex-wrap gap-2">
        {able && change.outdated === null && button('agree', 'Agree', 'Y')}
        {able && button('disagree', 'Disagree', 'W')}
        {mayAnswer && button('withdraw', 'Withdraw')}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {choice && (
        <Composer
          label="Comment"
          placeholder={WORDS[choice].placeholder}
          value={comment}
          max={CHANGE_TEXT_MAX}
          action={WORDS[choice].action}
          busy={sending}
          invalid={problem !== null}
          field={field}
          onChange={setComment}
          onSubmit={confirm}
          onCancel={() => setChoice(null)}
        />
      )}
    </div>
  );
}
