'use client';

import { Notice } from '../ui/notice';

export interface ProblemNoticeProps {
  /** Why a write was not done. */
  problem: { message: string; code?: string };
  className?: string;
}

const LOST = new Set(['not-signed-in', 'other-session']);

/** Why something was not stored. The way back into a session is the page's own dialog; here it only says what became of the text. */
export function ProblemNotice({ problem: { message, code }, className }: ProblemNoticeProps) {
  const title = code !== undefined && LOST.has(code) ? 'Nothing was stored. What you entered is kept; confirm again.' : message;
  return <Notice tone="bad" title={title} className={className} />;
}
