'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names';

export interface RowProps {
  href: string;
  current: boolean;
  onFocus: () => void;
  children: ReactNode;
}

/** One entry of the list; the current one bears a bar on its side. */
export function Row({ href, current, onFocus, children }: RowProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-row
      aria-current={current ? 'true' : undefined}
      onFocus={onFocus}
      className={classNames('grid gap-0.5 px-4 py-2.5 hover:bg-raised', current && 'bg-raised shadow-[inset_3px_0_var(--accent)]')}
    >
      {children}
    </Link>
  );
}
