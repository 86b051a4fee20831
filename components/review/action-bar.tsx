'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { RATIONALE_MAX } from '@/lib/domain/decision';
import { type DecisionOutcome, OUTCOME_LABEL } from '@/lib/domain/reason-codes';
import { type Review, WITHDRAW_MS } from '@/lib/domain/review';
import type { MachineResult } from '@/lib/domain/verification';
import { keepUndo } from '../desk/undo-memory';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Button } from '../ui/button';
import { BarStatus } from './bar-status';
import type { Viewer } from './case-data';
import { Composer } from './composer';
import { DecisionPanel } from './decision-panel';
import { type CaseDraft, chooseOutcome, isStale } from './draft';
import { NoteComposer } from './note-composer';
import { ProblemNotice } from './problem-notice';
import { useDecide } from './use-decide';
import type { DraftHold } from './use-draft';

export interface ActionBarProps {
  caseId: number;
  /** Null while the record is not at hand: then nothing can be decided, only noted. */
  machineResult: MachineResult | null;
  review: Review;
  viewer: Viewer;
  hold: DraftHold;
  /** Leaves the case: what Escape does when nothing is open. */
  onBack: () => void;
  /** Something was stored or found out of date: the page should read again. `said` is for the screen reader. */
  onChanged: (said: string) => void;
  /** A decision was stored. Answers whether the case is being left for another one. */
  onDecided: (said: string) => Promise<boolean>;
}

const BUTTONS: { outcome: DecisionOutcome; shortcut: string; label: string }[] = [
  { outcome: 'APPROVED', shortcut: 'A', label: 'Approve' },
  { outcome: 'DECLINED', shortcut: 'D', label: 'Decline' },
  { outcome: 'RESUBMISSION_REQUESTED', shortcut: 'R', label: 'Ask again' },
];

/** Where a case is decided and noted. A key only chooses; it takes a second act to confirm. */
export function ActionBar({ caseId, machineResult, review, viewer, hold, onBack, onChanged, onDecided }: ActionBarProps) {
  const { draft, change, loaded } = hold;
  const [mode, setMode] = useState<Mode>('idle');
  const [noteProblem, setNoteProblem] = useState<{ message: string; code?: string } | null>(null);
  // A decision begun on an earlier visit lies open again; until it is touched, a key pressed for another case must not send it.
  const [touched, setTouched] = useState(false);
  const touch: DraftHold['change'] = (next) => {
    setTouched(true);
    change(next);
  };
  const text = useRef<HTMLTextAreaElement>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const panel = useRef<HTMLElement>(null);
  const mayDecide = viewer.actions.includes('decide') && machineResult !== null;
  const mayNote = viewer.actions.includes('add-note');

  const leave = (said?: string) => {
    setMode('idle');
    setNoteProblem(null);
    decide.forgetProblem();
    if (said) onChanged(said);
  };
  useFocusWhenIdle(mode, status);
  const decide = useDecide({
    caseId,
    machineResult: machineResult ?? 'NOT_VERIFIED',
    hold,
    onDecided: ({ decisionId, sentAt }) => {
      const label = draft.outcome ? OUTCOME_LABEL[draft.outcome] : 'Decided';
      keepUndo({ userId: viewer.id, caseId, decisionId, label, until: sentAt + WITHDRAW_MS });
      return onDecided(`Saved: ${label}.`);
    },
    close: () => leave(),
    onOutdated: (what) => onChanged(`The ${what} changed while you were deciding. Your draft is kept.`),
  });
  const choose = (outcome: DecisionOutcome) => {
    if (!mayDecide || decide.sending) return;
    // At once, as for a note: the next key may already be a reason or Enter.
    flushSync(() => {
      decide.forgetProblem();
      touch((now) => chooseOutcome(now, outcome, machineResult, review.summary.version));
      setMode('decision');
    });
    panel.current?.focus();
  };
  const openNote = () => {
    // At once: whoever types on is writing already, and a letter outside of the field is a command.
    flushSync(() => setMode('note'));
    text.current?.focus();
  };
  useShortcuts('case', {
    approve: mayDecide ? () => choose('APPROVED') : undefined,
    decline: mayDecide ? () => choose('DECLINED') : undefined,
    'ask-again': mayDecide ? () => choose('RESUBMISSION_REQUESTED') : undefined,
    note: mayNote ? openNote : undefined,
    back: () => (mode === 'idle' ? onBack() : leave()),
  });
  const stale = isStale(draft, review.summary.version);
  useShortcuts('decision', {
    rationale: mode === 'decision' ? () => text.current?.focus() : undefined,
    confirm: mode === 'decision' && touched && !stale ? decide.confirm : undefined,
  });
  useReopenedDraft(loaded, draft, mayDecide, setMode);

  const deciding = mode === 'decision' && machineResult !== null && draft.outcome !== null;
  return (
    <section aria-label="Decision and notes" className="sticky bottom-0 z-10 border-line border-t bg-surface lg:static">
      {deciding && (
        <DecisionPanel
          {...{ caseId, machineResult, review, draft }}
          ref={panel}
          change={touch}
          problem={decide.problem}
          begunEarlier={!touched}
          onAcknowledge={decide.forgetProblem}
          onDiscard={() => leave()}
        />
      )}
      {mode === 'note' && noteProblem && <ProblemNotice problem={noteProblem} className="mx-4 mt-2.5" />}
      <div className="flex flex-wrap items-end gap-2 px-4 py-[11px] max-md:px-2.5 max-md:[&_span[aria-hidden]]:hidden">
        {viewer.actions.includes('decide') &&
          BUTTONS.map(({ outcome, shortcut, label }) => (
            <Button
              key={outcome}
              shortcut={shortcut}
              aria-pressed={deciding && draft.outcome === outcome}
              variant={deciding && draft.outcome === outcome ? 'primary' : 'plain'}
              disabled={!mayDecide}
              onClick={() => choose(outcome)}
              className="max-md:flex-1"
            >
              {label}
            </Button>
          ))}
        <div className="flex min-h-8 min-w-0 flex-1 items-center max-md:order-first max-md:basis-full">
          {deciding && (
            <Composer
              label="Rationale"
              placeholder="Why? Say what you saw."
              value={draft.rationale}
              max={RATIONALE_MAX}
              action={`Confirm: ${BUTTONS.find(({ outcome }) => outcome === draft.outcome)?.label.toLowerCase()}`}
              busy={decide.sending}
              disabled={stale}
              invalid={decide.problem?.field === 'rationale'}
              field={text}
              onChange={(rationale) => touch((now) => ({ ...now, rationale }))}
              onSubmit={decide.confirm}
              onCancel={() => leave()}
            />
          )}
          {mode === 'note' && (
            <NoteComposer
              {...{ caseId, draft, change }}
              field={text}
              onSaved={() => leave('Note saved.')}
              onCancel={() => leave()}
              onProblem={setNoteProblem}
            />
          )}
          {mode === 'idle' && <BarStatus ref={status} machineResult={machineResult} review={review} viewer={viewer} draft={draft} />}
        </div>
        {mayNote && mode !== 'note' && (
          <Button variant="quiet" shortcut="N" onClick={openNote}>
            Note
          </Button>
        )}
      </div>
    </section>
  );
}

type Mode = 'idle' | 'decision' | 'note';

// What was written in is gone: without a place for the focus the next key would go nowhere a reader can follow.
function useFocusWhenIdle(mode: Mode, status: RefObject<HTMLElement | null>): void {
  const before = useRef(mode);
  useEffect(() => {
    if (mode === 'idle' && before.current !== 'idle') status.current?.focus();
    before.current = mode;
  }, [mode, status]);
}

// A decision begun before a reload is put in front of the reviewer again, without taking the focus.
function useReopenedDraft(loaded: boolean, draft: CaseDraft, mayDecide: boolean, setMode: (mode: 'decision') => void): void {
  const seen = useRef(false);
  useEffect(() => {
    if (!loaded || seen.current) return;
    seen.current = true;
    if (draft.outcome !== null && mayDecide) setMode('decision');
  }, [loaded, draft.outcome, mayDecide, setMode]);
}
