import type { ReactNode } from 'react';
import { classNames } from './class-names';

type NoticeTone = 'plain' | 'warn' | 'bad' | 'ok';

const LOOK: Record<NoticeTone, string> = {
  plain: 'border-line bg-raised',
  warn: 'border-warn/40 bg-warn-soft',
  bad: 'border-bad/40 bg-bad-soft',
  ok: 'border-ok/40 bg-ok-soft',
};

export interface NoticeProps {
  tone?: NoticeTone;
  title: string;
  children?: ReactNode;
  /** What the reader can do about it. */
  action?: ReactNode;
  className?: string;
}

/** Something the reader has to know before going on: what happened and what to do. */
export function Notice({ tone = 'plain', title, children, action, className }: NoticeProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames('flex items-start gap-3 rounded-md border px-3 py-2', LOOK[tone], className)}
    >
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children && <div className="text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
