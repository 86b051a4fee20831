'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '../ui/class-names';
import { NEW_VERIFICATION, NewVerificationLink } from './new-verification-link';
import type { Screen } from './screens';
import { useWaiting } from './use-waiting';

/** The screens there are for somebody, in a row that scrolls where it has no room. */
export function Nav({ screens, maySubmit }: { screens: readonly Screen[]; maySubmit: boolean }) {
  const pathname = usePathname();
  const waiting = useWaiting();
  return (
    // Positioned, so that it clips the labels only a screen reader sees too; they would widen the page from beyond its edge.
    <nav aria-label="Screens" className="relative flex min-w-0 items-center gap-1 overflow-x-auto [scrollbar-width:none]">
      {screens.map(({ href, label }) => {
        const here = pathname !== NEW_VERIFICATION && (pathname === href || pathname.startsWith(`${href}/`));
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={here ? 'page' : undefined}
            className={classNames(
              'inline-flex h-7 shrink-0 items-center rounded-md px-2.5 font-medium',
              here ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
            )}
          >
            {label}
            {waiting[href] && (
              <span className="ml-1.5 rounded-full bg-raised px-1.5 text-2xs text-muted tabular-nums ring-1 ring-line ring-inset">
                {waiting[href]}
                <span className="sr-only"> waiting</span>
              </span>
            )}
          </Link>
        );
      })}
      {maySubmit && <NewVerificationLink />}
    </nav>
  );
}
