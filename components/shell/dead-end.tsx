import type { ReactNode } from 'react';

/** A page that could not be shown: what happened, and the ways on. */
export function DeadEnd({ title, children, actions }: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <div className="m-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center">
      <h1 className="font-semibold text-xl">{title}</h1>
      <div className="text-muted">{children}</div>
      <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  );
}
