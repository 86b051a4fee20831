import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { Kbd } from './kbd';

type Variant = 'plain' | 'primary' | 'quiet' | 'danger';

const LOOK: Record<Variant, string> = {
  plain: 'border-line-strong bg-surface text-text hover:bg-raised',
  primary: 'border-accent bg-accent text-on-accent hover:brightness-95',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-raised hover:text-text',
  danger: 'border-bad bg-surface text-bad hover:bg-bad-soft',
};

/** The look of a button, for links that act like one. */
export function buttonClass(variant: Variant = 'plain', small = false): string {
  const size = small ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm';
  return classNames(
    'inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium select-none',
    'disabled:opacity-50',
    size,
    LOOK[variant],
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: Variant;
  small?: boolean;
  /** The key that does the same; shown on the button and announced. */
  shortcut?: string;
}

export function Button({ variant = 'plain', small = false, shortcut, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} aria-keyshortcuts={shortcut} className={classNames(buttonClass(variant, small), className)} {...rest}>
      {children}
      {shortcut && <Kbd inherit={variant === 'primary'}>{shortcut}</Kbd>}
    </button>
  );
}
