'use client';

import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { COMMENT_MAX } from '@/lib/domain/approval';
import { checkDecision } from '@/lib/domain/decision';
import { DECISION_OUTCOMES, type DecisionOutcome, OUTCOME_LABEL, type ReasonCode, reasonCodesFor } from '@/lib/domain/reason-codes';
import { Refusal } from '@/lib/domain/refusal';
import type { MachineResult } from '@/lib/domain/verification';
import { useDraftText } from '../drafts/use-draft-text';
import { EvidenceWarnings } from '../evidence/evidence-warnings';
import { lookAgainAfter, shownInUse } from '../evidence/shown-in-use';
import { noteUnchecked } from '../evidence/unchecked-in-use';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Composer } from './composer';
import { post } from './post';
import { type Problem, ProblemNotice } from './problem-notice';
import { ReasonPicker } from './reason-picker';

const KEYS: Record<DecisionOutcome, string> = { APPROVED: 'A', DECLINED: 'D', RESUBMISSION_REQUESTED: 'R' };

export interface QaPanelProps {
  caseId: number;
  machineResult: MachineResult;
  onBack: () => void;
  /** The record on the page is not the present one: the page should read again. */
  onOutdated: () => void;
}

/** Judges a case again without seeing what was decided. It changes nothing about the case; it measures how alike people judge. */
export function QaPanel({ caseId, machineResult, onBack, onOutdated }: QaPanelProps) {
  const [outcome, setOutcome] = useState<DecisionOutcome | null>(null);
  const [reasonCodes, setReasonCodes] = useState<ReasonCode[]>([]);
  const [comment, setComment, forget] = useDraftText(caseId, 'qa');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const panel = useRef<HTMLElement>(null);

  const choose = (next: DecisionOutcome) => {
    if (done) return;
    // At once: the next key may already be a reason or Enter.
    flushSync(() => {
      setOutcome(next);
      setReasonCodes([]);
      setProblem(null);
    });
    panel.current?.focus();
  };
  const confirm = async () => {
    if (outcome === null || sending || done) return;
    const wrong = ruleBroken(machineResult, outcome, reasonCodes, comment.trim());
    setProblem(wrong === null ? null : { message: wrong });
    if (wrong) return;
    setSending(true);
    const result = await post(`/api/verifications/${caseId}/qa`, {
      outcome,
      reasonCodes,
      comment: comment.trim(),
      shown: shownInUse(caseId),
    });
    setSending(false);
    if (!result.ok) lookAgainAfter(result.code, caseId);
    if (!result.ok && result.code === 'record-changed') onOutdated();
    if (!result.ok && result.code === 'evidence-unchecked') noteUnchecked(caseId, result.details);
    if (!result.ok) return setProblem(result);
    forget();
    setDone(true);
  };
  useShortcuts('case', {
    approve: () => choose('APPROVED'),
    decline: () => choose('DECLINED'),
    'ask-again': () => choose('RESUBMISSION_REQUESTED'),
    back: () => (outcome && !done ? setOutcome(null) : onBack()),
  });
  useShortcuts('decision', {
    confirm: outcome && !done ? confirm : undefined,
    rationale: outcome ? () => field.current?.focus() : undefined,
  });

  const toggle = (code: ReasonCode) =>
    setReasonCodes((now) => (now.includes(code) ? now.filter((other) => other !== code) : [...now, code]));
  const codes = outcome ? reasonCodesFor(machineResult, outcome) : [];
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label="Second look"
      className="sticky bottom-0 z-10 grid gap-2 border-line border-t bg-surface px-4 py-2.5 outline-none lg:static"
    >
      {done ? (
        <Notice
          tone="ok"
          title="Recorded. Thank you for the second look."
          action={
            <Button small onClick={onBack}>
              Back to the list
            </Button>
          }
        />
      ) : (
        <p className="text-muted">
          <strong className="font-semibold text-text">A blind second look.</strong> What was decided is hidden; your judgement changes
          nothing about the case.
        </p>
      )}
      {outcome && !done && <EvidenceWarnings caseId={caseId} />}
      {problem && <ProblemNotice problem={problem} />}
      {!done && codes.length > 0 && <ReasonPicker codes={codes} chosen={reasonCodes} onToggle={toggle} />}
      {!done && (
        <div className="flex flex-wrap items-end gap-2">
          {DECISION_OUTCOMES.map((option) => (
            <Button
              key={option}
              shortcut={KEYS[option]}
              aria-pressed={outcome === option}
              variant={outcome === option ? 'primary' : 'plain'}
              onClick={() => choose(option)}
            >
              {OUTCOME_LABEL[option]}
            </Button>
          ))}
          {outcome && (
            <Composer
              label="Comment"
              placeholder="Why? Say what you saw."
              value={comment}
              max={COMMENT_MAX}
              action="Record"
              busy={sending}
              field={field}
              onChange={setComment}
              onSubmit={confirm}
              onCancel={() => setOutcome(null)}
            />
          )}
        </div>
      )}
    </section>
  );
}

function ruleBroken(machineResult: MachineResult, outcome: DecisionOutcome, reasonCodes: ReasonCode[], rationale: string): string | null {
  try {
    checkDecision(machineResult, { version: 0, outcome, reasonCodes, rationale });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
