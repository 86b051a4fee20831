import type { MouseEvent } from 'react';
import { Button, buttonClass } from '../ui/button';
import type { LoadFailure } from './load-failure';

/** What can be done about a failure: sign in again when the session ended, else try again. */
export function FailureAction({
  failure,
  onRetry,
  busy,
  small,
}: {
  failure: LoadFailure;
  onRetry: () => void;
  busy: boolean;
  small?: boolean;
}) {
  if (failure.code === 'not-signed-in') {
    return (
      // Signing in leads back to what is on the screen; the address is known only to the browser, hence on the press.
      <a href="/sign-in" onClick={leadBack} className={buttonClass('primary', small)}>
        Sign in again
      </a>
    );
  }
  return (
    <Button variant={small ? 'plain' : 'primary'} small={small} onClick={onRetry} aria-disabled={busy}>
      {busy ? 'Trying…' : 'Try again'}
    </Button>
  );
}

function leadBack(event: MouseEvent<HTMLAnchorElement>): void {
  const { pathname, search } = window.location;
  event.currentTarget.href = `/sign-in?${new URLSearchParams({ callbackUrl: pathname + search })}`;
}
