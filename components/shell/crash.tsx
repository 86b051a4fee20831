'use client';

import { Button, buttonClass } from '../ui/button';
import { DeadEnd } from './dead-end';

export interface CrashProps {
  /** Next puts the server's own number of the fault into `digest`; the message of a server fault never reaches the browser. */
  error: Error & { digest?: string };
  reset: () => void;
}

/** A fault nobody expected. */
export function Crash({ error, reset }: CrashProps) {
  return (
    <DeadEnd
      title="This page broke"
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <a href="/verifications" className={buttonClass()}>
            All verifications
          </a>
        </>
      }
    >
      <p role="alert">Nothing you saved is lost. If it happens again, tell whoever runs this console.</p>
      {error.digest && (
        <p className="mt-1">
          Fault <code className="font-mono">{error.digest}</code>
        </p>
      )}
    </DeadEnd>
  );
}
