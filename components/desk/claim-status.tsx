import { Lock, LockOpen } from 'lucide-react';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { LocalTime } from '../ui/local-time';
import type { ClaimControl } from './use-claim';

const WARN_SECONDS = 90;

export interface ClaimStatusProps {
  control: Omit<ClaimControl, 'takeOver'> & { takeOver: () => Promise<void> };
  mayClaim: boolean;
  mayTakeOver: boolean;
}

/** Who works on the case and for how long. A claim about to run out says so before it does. */
export function ClaimStatus({ control, mayClaim, mayTakeOver }: ClaimStatusProps) {
  const { claim, mine, ended, secondsLeft, problem, take, takeOver, release } = control;
  const ending = mine && secondsLeft <= WARN_SECONDS;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {claim && (
        <span className={classNames('flex items-center gap-1.5', ending ? 'font-medium text-warn' : 'text-muted')}>
          <Lock aria-hidden="true" className="size-3.5" />
          {mine ? (
            <>
              claimed by you, <span className="tabular-nums">{clock(secondsLeft)}</span> left
            </>
          ) : (
            <>
              {claim.holderName} works on it until <LocalTime at={claim.expiresAt} style="clock" />
            </>
          )}
        </span>
      )}
      {mine && ending && (
        <Button small variant="primary" onClick={take}>
          Keep it
        </Button>
      )}
      {mine && !ending && (
        <Button small variant="quiet" shortcut="C" onClick={release} title="Give the case back">
          Release
        </Button>
      )}
      {ended && mayClaim && (
        <span role="alert" className="font-medium text-warn">
          Your claim has ended: others may take the case.
        </span>
      )}
      {!claim && mayClaim && (
        <Button small variant="quiet" shortcut="C" onClick={take}>
          <LockOpen aria-hidden="true" className="size-3.5" />
          Claim
        </Button>
      )}
      {claim && !mine && mayTakeOver && (
        <Button small onClick={takeOver}>
          Take over
        </Button>
      )}
      {problem && (
        <span role="alert" className="text-bad">
          {problem}
        </span>
      )}
      <span aria-live="polite" className="sr-only">
        {ending && secondsLeft % 30 === 0 ? `Your claim ends in ${secondsLeft} seconds.` : ''}
      </span>
    </span>
  );
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
