import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface GridMessageProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** A failure interrupts a screen reader, an empty list does not. */
  role: 'alert' | 'status';
}

/** What stands where the rows would be. */
export function GridMessage({ icon: Icon, title, children, action, role }: GridMessageProps) {
  return (
    <div role={role} className="m-auto flex max-w-lg flex-col items-center gap-1 px-4 py-16 text-center">
      <Icon aria-hidden="true" className={`mb-2 size-6 ${role === 'alert' ? 'text-bad' : 'text-faint'}`} strokeWidth={1.5} />
      <h2 className="font-semibold text-lg">{title}</h2>
      <div className="text-muted">{children}</div>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
