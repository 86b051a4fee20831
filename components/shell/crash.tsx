'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { request } from '../api/request';
import { Button, buttonClass } from '../ui/button';
import { DeadEnd } from './dead-end';

export interface CrashProps {
  /** Next puts the server's own number of the fault into `digest`; the message of a server fault never reaches the browser. */
  error: Error & { digest?: string };
  reset: () => void;
}

const health = z.object({ database: z.enum(['ok', 'down']) });

/** Whether the console reports that its database does not answer; false until it is known. */
function useDatabaseDown(): boolean {
  const [isDown, setDown] = useState(false);
  useEffect(() => {
    request('/api/health', { cache: 'no-store' })
      .then(async (answer) => setDown(health.safeParse(await answer.json()).data?.database === 'down'))
      .catch(() => undefined);
  }, []);
  return isDown;
}

/** A fault nobody expected, or a database that went away while the page was made. */
export function Crash({ error, reset }: CrashProps) {
  const isDown = useDatabaseDown();
  return (
    <DeadEnd
      title={isDown ? 'The database of the console does not answer' : 'This page broke'}
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
      <p role="alert">
        {isDown
          ? 'What was stored before is kept. Try again shortly; if it stays so, tell whoever runs this console.'
          : 'Nothing you saved is lost. If it happens again, tell whoever runs this console.'}
      </p>
      {error.digest && (
        <p className="mt-1">
          Fault <code className="font-mono">{error.digest}</code>
        </p>
      )}
    </DeadEnd>
  );
}
