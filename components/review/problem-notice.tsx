'use client';

import * as z from 'zod/mini';
import { Notice } from '../ui/notice';
import { RecordDifferences } from './record-differences';

/** Why a write was not done. */
export interface Problem {
  message: string;
  code?: string;
  /** Facts about the refusal, in a shape of its code. */
  details?: unknown;
}

export interface ProblemNoticeProps {
  problem: Problem;
  className?: string;
}

const LOST = new Set(['not-signed-in', 'other-session']);

const text = z.nullable(z.string());
const recordChanged = z.object({ differences: z.nullable(z.array(z.object({ subject: z.string(), before: text, after: text }))) });

/** Why something was not stored. The way back into a session is the page's own dialog; here it only says what became of the text. */
export function ProblemNotice({ problem: { message, code, details }, className }: ProblemNoticeProps) {
  const title = code !== undefined && LOST.has(code) ? 'Nothing was stored. What you entered is kept; confirm again.' : message;
  const changed = code === 'record-changed' ? recordChanged.safeParse(details) : null;
  return (
    <Notice tone="bad" title={title} className={className}>
      {changed?.success && <RecordDifferences differences={changed.data.differences} />}
    </Notice>
  );
}
