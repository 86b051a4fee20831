import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Sign, type SignKind } from './sign';

export type Tone = 'ok' | 'bad' | 'warn' | 'plain' | 'unknown';

const LOOK: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
  plain: 'bg-raised text-muted ring-1 ring-line ring-inset',
  unknown: 'bg-raised text-muted ring-1 ring-line ring-inset',
};

const SIGN: Record<Tone, SignKind> = { ok: 'check', bad: 'cross', warn: 'warning', plain: 'minus', unknown: 'question' };

export interface PillProps {
  tone: Tone;
  children: ReactNode;
  /** Leave the sign away where the words already say it all. */
  bare?: boolean;
  title?: string;
}

/** A short verdict: icon and word together, so that colour is never the only sign. */
export function Pill({ tone, children, bare = false, title }: PillProps) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-full py-px pr-2 pl-1.5 font-medium text-xs',
        LOOK[tone],
      )}
    >
      {!bare && <Sign kind={SIGN[tone]} className="size-3 shrink-0" />}
      {children}
    </span>
  );
}
