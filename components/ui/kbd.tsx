import type { ReactNode } from 'react';

/** A key as it is printed on a keyboard. `inherit` takes the colour of the button around it. */
export function Kbd({ children, inherit = false }: { children: ReactNode; inherit?: boolean }) {
  const colour = inherit ? 'border-current bg-transparent' : 'border-line-strong bg-raised text-muted';
  return (
    <span aria-hidden="true" className={`inline-block rounded border border-b-2 px-1 py-0.5 font-mono text-2xs leading-none ${colour}`}>
      {children}
    </span>
  );
}
