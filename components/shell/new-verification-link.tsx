'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { classNames } from '../ui/class-names';

export const NEW_VERIFICATION = '/verifications/new';
const GRID = '/verifications';

/** Leads to the form; from the grid its key does too. */
export function NewVerificationLink() {
  const router = useRouter();
  const pathname = usePathname();
  const here = pathname === NEW_VERIFICATION;
  useShortcuts('grid', { 'new-verification': pathname === GRID ? () => router.push(NEW_VERIFICATION) : undefined });
  return (
    <Link
      href={NEW_VERIFICATION}
      prefetch={false}
      aria-current={here ? 'page' : undefined}
      aria-keyshortcuts={pathname === GRID ? 'n' : undefined}
      title={pathname === GRID ? 'New verification (N)' : 'New verification'}
      className={classNames(
        'inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-2 font-medium sm:px-2.5',
        here ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      <Plus aria-hidden="true" className="size-4 shrink-0" />
      <span className="sr-only sm:not-sr-only">New verification</span>
    </Link>
  );
}
