'use client';

import { Composer } from './composer';
import { ProblemNotice } from './problem-notice';
import type { Answer } from './use-answer';

export interface AnswerComposerProps<Choice extends string> {
  answer: Answer<Choice>;
  max: number;
  words: Record<Choice, { action: string; placeholder: string }>;
}

/** The comment of a chosen answer and the button that confirms it, below the reason why the last try was refused. */
export function AnswerComposer<Choice extends string>({ answer, max, words }: AnswerComposerProps<Choice>) {
  const { choice, choose, comment, setComment, problem, sending, confirm, field } = answer;
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {choice && (
        <Composer
          label="Comment"
          placeholder={words[choice].placeholder}
          value={comment}
          max={max}
          action={words[choice].action}
          busy={sending}
          invalid={problem !== null}
          field={field}
          onChange={setComment}
          onSubmit={confirm}
          onCancel={() => choose(null)}
        />
      )}
    </>
  );
}
