'use client';

import type { ReactNode } from 'react';
import type { Scope } from '@/lib/domain/shortcuts';
import { useKeyLabel } from './key-label';

export interface KbdProps {
  /** The key as it is usually printed; shown is the one this person chose. */
  children: ReactNode;
  /** Takes the colour of the button around it. */
  inherit?: boolean;
  /** Where the key is obeyed; the case by default. */
  scope?: Scope;
  /** Shown exactly as it stands here. */
  literal?: boolean;
}

/** A key as it is printed on a keyboard. */
export function Kbd({ children, inherit = false, scope, literal = false }: KbdProps) {
  const label = useKeyLabel();
  const colour = inherit ? 'border-current bg-transparent' : 'border-line-strong bg-raised text-muted';
  return (
    <span aria-hidden="true" className={`inline-block rounded border border-b-2 px-1 py-0.5 font-mono text-2xs leading-none ${colour}`}>
      {typeof children === 'string' && !literal ? label(children, scope) : children}
    </span>
  );
}
