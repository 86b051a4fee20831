import { Button } from '../ui/button';

export interface FailureActionProps {
  onRetry: () => void;
  busy: boolean;
  small?: boolean;
}

/** What can be done about a failure. A session that ended has a dialog of its own, after which the same is tried again. */
export function FailureAction({ onRetry, busy, small }: FailureActionProps) {
  return (
    <Button variant={small ? 'plain' : 'primary'} small={small ?? false} onClick={onRetry} aria-disabled={busy}>
      {busy ? 'Trying…' : 'Try again'}
    </Button>
  );
}
