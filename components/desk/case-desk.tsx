'use client';

import { MoreHorizontal } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { Claim, ReviewAction } from '@/lib/domain/review';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { lazyPart } from '../parts/lazy-part';
import { send } from '../review/post';
import { Button, buttonClass } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { PopoverButton } from '../ui/popover-button';
import type { CaseAct } from './case-acts';
import { ClaimStatus } from './claim-status';
import { useClaim } from './use-claim';
import { usePresence } from './use-presence';

const CaseActDialog = lazyPart(() => import('./case-acts'), { name: 'This form', closeOf: ({ onClose }) => onClose });

export interface CaseDeskProps {
  caseId: number;
  viewerId: string;
  claim: Claim | null;
  /** To whom a manager gave it. */
  assignee: { id: string; name: string } | null;
  actions: readonly ReviewAction[];
  /** It was decided or passed on, and its claim went with that. */
  isOver: boolean;
  /** The case changed; `said` is for the screen reader. `gone` when it left this reviewer's hands: the queue goes on. */
  onChanged: (said: string, gone: boolean) => void;
}

const ACTS: { act: CaseAct; action: ReviewAction; label: string; shortcut: string }[] = [
  { act: 'skip', action: 'skip', label: 'Skip', shortcut: 'X' },
  { act: 'snooze', action: 'snooze', label: 'Snooze', shortcut: 'S' },
  { act: 'escalate', action: 'escalate', label: 'Escalate', shortcut: 'E' },
  { act: 'reopen', action: 'reopen', label: 'Reopen', shortcut: 'Shift R' },
  { act: 'assign', action: 'assign', label: 'Assign', shortcut: 'Shift A' },
];

/** Who has the case, and what can be done with it besides deciding. */
export function CaseDesk({ caseId, viewerId, claim, assignee, actions, isOver, onChanged }: CaseDeskProps) {
  // As the page was made: a decision ends the claim, and must not be answered with a new one.
  const [atOnce] = useState(useSearchParams().has('queue') && actions.includes('skip'));
  const control = useClaim(caseId, viewerId, { initial: claim, atOnce, isOver });
  const others = usePresence(caseId, control.learn);
  const [act, setAct] = useState<CaseAct | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const mayClaim = actions.includes('claim') || actions.includes('release');
  const offered = ACTS.filter(({ action }) => actions.includes(action));
  const verb = (wanted: CaseAct) => (offered.some(({ act: one }) => one === wanted) ? () => setAct(wanted) : undefined);
  useShortcuts('case', {
    claim: mayClaim ? () => void (control.mine ? control.release() : control.take()) : undefined,
    skip: verb('skip'),
    snooze: verb('snooze'),
    escalate: verb('escalate'),
    reopen: verb('reopen'),
    assign: verb('assign'),
  });
  const takeOver = async () => {
    if (await control.takeOver()) onChanged('You took the case over.', false);
  };
  useFreed(claim !== null && claim.holderId !== viewerId, control.claim !== null, () => onChanged('The case is free now.', false));
  const lift = async () => {
    const result = await send('DELETE', `/api/verifications/${caseId}/escalation`);
    setProblem(result.ok ? null : result.message);
    if (result.ok) onChanged('The escalation was taken back.', false);
  };
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {others.length > 0 && (
        <span className="text-warn">
          {others.join(', ')} {others.length === 1 ? 'has' : 'have'} this case open too
        </span>
      )}
      {assignee && <span className="text-muted">given to {assignee.id === viewerId ? 'you' : assignee.name}</span>}
      <ClaimStatus control={{ ...control, takeOver }} mayClaim={mayClaim} mayTakeOver={actions.includes('take-over')} />
      {actions.includes('lift-escalation') && (
        <Button small onClick={lift}>
          Take the escalation back
        </Button>
      )}
      {problem && (
        <span role="alert" className="text-bad">
          {problem}
        </span>
      )}
      {offered.length > 0 && (
        <PopoverButton
          label="More for this case"
          className={`${buttonClass('quiet', true)} w-7`}
          panelClassName="min-w-44"
          panel={offered.map(({ act: one, label, shortcut }) => (
            <button
              key={one}
              type="button"
              onClick={(event) => {
                event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
                setAct(one);
              }}
              className="flex w-full items-center justify-between gap-4 rounded-md px-3 py-1.5 text-left hover:bg-raised"
            >
              {label}
              {shortcut && <Kbd>{shortcut}</Kbd>}
            </button>
          ))}
        >
          <MoreHorizontal aria-hidden="true" className="size-4" />
        </PopoverButton>
      )}
      {act && (
        <CaseActDialog
          act={act}
          caseId={caseId}
          assigneeId={assignee?.id ?? ''}
          onClose={() => setAct(null)}
          onDone={(said) => {
            setAct(null);
            onChanged(said, act !== 'reopen' && act !== 'assign');
          }}
        />
      )}
    </span>
  );
}

/** What may be done was worked out while somebody else held the case: once that claim has run out it is asked again. */
function useFreed(wasHeld: boolean, isHeld: boolean, onFreed: () => void): void {
  const seen = useRef(false);
  const current = useRef(onFreed);
  useEffect(() => {
    current.current = onFreed;
  });
  useEffect(() => {
    if (!wasHeld) seen.current = false;
    else if (isHeld) seen.current = true;
    else if (seen.current) {
      seen.current = false;
      current.current();
    }
  }, [wasHeld, isHeld]);
}
