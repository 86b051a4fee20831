import { type ReactNode, useId } from 'react';

/** One part of the rail. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-b px-4 py-3 last:border-b-0">
      <div className="mb-1.5 flex items-baseline justify-between gap-2 text-muted text-xs">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
