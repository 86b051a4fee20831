'use client';

import type { ComponentProps } from 'react';
import type { Scope } from '@/lib/domain/shortcuts';
import { buttonClass, type Variant } from './button-class';
import { classNames } from './class-names';
import { Kbd } from './kbd';
import { useKeyLabel } from './key-label';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: Variant;
  small?: boolean;
  /** The key that does the same; shown on the button and announced. */
  shortcut?: string;
  /** Where that key is obeyed; the case by default. */
  scope?: Scope;
}

export function Button({ variant = 'plain', small = false, shortcut, scope, className, children, type = 'button', ...rest }: ButtonProps) {
  const label = useKeyLabel();
  const key = shortcut && label(shortcut, scope);
  return (
    <button type={type} aria-keyshortcuts={key?.replace(' ', '+')} className={classNames(buttonClass(variant, small), className)} {...rest}>
      {children}
      {key && (
        <Kbd literal inherit={variant === 'primary'}>
          {key}
        </Kbd>
      )}
    </button>
  );
}
