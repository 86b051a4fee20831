'use client';

import type { ChangeView } from '@/lib/domain/change/change-view';
import { CHANGE_REASON_MIN, CHANGE_TEXT_MAX } from '@/lib/domain/change/verdict';
import { AnswerComposer } from '../review/answer-composer';
import { post } from '../review/post';
import { useAnswer } from '../review/use-answer';
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

/** Agree to a change, disagree, or withdraw it. */
export function ChangeAnswer({ change, mayAnswer, onAnswered }: ChangeAnswerProps) {
  // The draft about one case goes with that case.
  const [only, ...others] = change.cases;
  const able = mayAnswer && change.obstacle === null;
  const mayAgree = able && change.outdated === null;
  const answer = useAnswer<'withdraw'>({
    draft: { caseId: others.length === 0 ? (only ?? null) : null, kind: `change/${change.id}` },
    reasonMin: CHANGE_REASON_MIN,
    mayAgree,
    mayDisagree: able,
    send: (choice, comment) =>
      choice === 'withdraw'
        ? post(`/api/changes/${change.id}/withdrawal`, { comment })
        : post(`/api/changes/${change.id}/verdict`, { agrees: choice === 'agree', comment }),
    onAnswered: (choice) => onAnswered(WORDS[choice].said),
  });
  const button = (which: Choice, label: string, shortcut?: string) => (
    <Button
      aria-pressed={answer.choice === which}
      variant={answer.choice === which ? 'primary' : 'plain'}
      onClick={() => answer.choose(which)}
      {...(shortcut && { shortcut })}
    >
      {label}
    </Button>
  );
  return (
    <section ref={answer.panel} tabIndex={-1} aria-label="Answer" className="grid gap-3 outline-none">
      <div className="flex flex-wrap gap-2">
        {mayAgree && button('agree', 'Agree', 'Y')}
        {able && button('disagree', 'Disagree', 'W')}
        {mayAnswer && button('withdraw', 'Withdraw')}
      </div>
      <AnswerComposer answer={answer} max={CHANGE_TEXT_MAX} words={WORDS} />
    </section>
  );
}
