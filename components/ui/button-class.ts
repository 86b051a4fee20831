import { classNames } from './class-names';

export type Variant = 'plain' | 'primary' | 'quiet' | 'danger';

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
