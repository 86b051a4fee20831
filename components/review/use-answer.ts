import { type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useDraftText } from '../drafts/use-draft-text';
import { useShortcuts } from '../keyboard/use-shortcuts';
import type { PostResult } from './post';
import type { Problem } from './problem-notice';

export interface AnswerOptions<Choice extends string> {
  /** The case the draft goes with, null for none, and what kind of draft it is. */
  draft: { caseId: number | null; kind: string };
  /** Fewest characters of the comment of a disagreement. */
  reasonMin: number;
  mayAgree: boolean;
  mayDisagree: boolean;
  send: (choice: Choice, comment: string) => Promise<PostResult>;
  onAnswered: (choice: Choice) => void;
}

export interface Answer<Choice extends string> {
  choice: Choice | null;
  /** Chooses, and moves to the comment of a disagreement; null goes back. */
  choose: (choice: Choice | null) => void;
  comment: string;
  setComment: (comment: string) => void;
  problem: Problem | null;
  /** What was answered and stored; null before. From then on no key answers. */
  given: Choice | null;
  sending: boolean;
  confirm: () => void;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Where the focus goes while nothing has to be typed. */
  panel: RefObject<HTMLElement | null>;
}

/** A second reviewer's answer: one key chooses, another one confirms. What was typed stays until the server has stored it. */
export function useAnswer<Choice extends string = never>(
  options: AnswerOptions<Choice | 'agree' | 'disagree'>,
): Answer<Choice | 'agree' | 'disagree'> {
  const { draft, reasonMin, mayAgree, mayDisagree, send, onAnswered } = options;
  const [choice, setChoice] = useState<Choice | 'agree' | 'disagree' | null>(null);
  const [comment, setComment, forget] = useDraftText(draft.caseId, draft.kind);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const [given, setGiven] = useState<Choice | 'agree' | 'disagree' | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const panel = useRef<HTMLElement>(null);

  const choose = (next: Choice | 'agree' | 'disagree' | null) => {
    // At once, so that the next key already goes into the field: a letter outside of it is a command.
    flushSync(() => {
      setChoice(next);
      setProblem(null);
    });
    if (next !== null) (next === 'disagree' ? field.current : panel.current)?.focus();
  };
  const confirm = async () => {
    if (choice === null || sending) return;
    const text = comment.trim();
    if (choice === 'disagree' && text.length < reasonMin)
      return setProblem({ message: `Say in at least ${reasonMin} characters why you disagree.` });
    setSending(true);
    setProblem(null);
    const result = await send(choice, text);
    setSending(false);
    if (!result.ok) return setProblem(result);
    forget();
    // At once: the list without this proposal may take its time.
    setGiven(choice);
    onAnswered(choice);
  };
  const isOpen = given === null;
  useShortcuts('case', {
    agree: isOpen && mayAgree ? () => choose('agree') : undefined,
    disagree: isOpen && mayDisagree ? () => choose('disagree') : undefined,
  });
  useShortcuts('decision', { confirm: isOpen && choice ? confirm : undefined });
  return { choice, choose, comment, setComment, problem, given, sending, confirm, field, panel };
}
