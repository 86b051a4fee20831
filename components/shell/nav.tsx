'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '../ui/class-names';
import { NEW_VERIFICATION, NewVerificationLink } from './new-verification-link';

const SCREENS = [{ href: '/verifications', label: 'Verifications' }];

/** The screens there are for somebody who may submit verifications or not. */
export function Nav({ maySubmit }: { maySubmit: boolean }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Screens" className="flex items-center gap-1">
      {SCREENS.map(({ href, label }) => {
        const here = pathname !== NEW_VERIFICATION && (pathname === href || pathname.startsWith(`${href}/`));
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={here ? 'page' : undefined}
            className={classNames(
              'inline-flex h-7 items-center rounded-md px-2.5 font-medium',
              here ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
            )}
          >
            {label}
          </Link>
        );
      })}
      {maySubmit && <NewVerificationLink />}
    </nav>
  );
}
