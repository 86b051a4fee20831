'use client';

import { buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';

export interface ProblemNoticeProps {
  /** Why a write was not done; a session that ended says so by its code. */
  problem: { message: string; code?: string };
  className?: string;
}

/** Why something was not stored. When the session ended, the way back in, which leads here again. */
export function ProblemNotice({ problem: { message, code }, className }: ProblemNoticeProps) {
  if (code !== 'not-signed-in') return <Notice tone="bad" title={message} className={className} />;
  const here = `${window.location.pathname}${window.location.search}`;
  const signIn = (
    <a href={`/sign-in?${new URLSearchParams({ callbackUrl: here })}`} className={buttonClass('primary', true)}>
      Sign in again
    </a>
  );
  return (
    <Notice tone="bad" title="Your session has ended. Nothing was stored." action={signIn} className={className}>
      What you typed is kept in this browser and is here again once you are signed in.
    </Notice>
  );
}
