'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { can } from '@/lib/domain/actor';
import type { Permission, Role } from '@/lib/domain/roles';
import { classNames } from '../ui/class-names';

const PAGES: readonly { href: string; label: string; permission: Permission }[] = [
  { href: '/settings', label: 'Policy', permission: 'records.read' },
  { href: '/settings/users', label: 'Users and roles', permission: 'users.manage' },
  { href: '/settings/retention', label: 'Retention', permission: 'audit.read' },
  { href: '/settings/audit-log', label: 'Audit log', permission: 'audit.read' },
  { href: '/settings/keyboard', label: 'Keyboard', permission: 'records.read' },
  { href: '/settings/connection', label: 'Verification API', permission: 'policies.write' },
];

/** The pages of the settings somebody may open. */
export function SettingsNav({ role }: { role: Role | 'system' }) {
  const pathname = usePathname();
  const pages = PAGES.filter(({ permission }) => can({ role }, permission));
  return (
    <nav aria-label="Settings" className="flex min-w-0 gap-1 overflow-x-auto md:grid md:content-start">
      {pages.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={pathname === href ? 'page' : undefined}
          className={classNames(
            'inline-flex h-8 shrink-0 items-center rounded-md px-2.5 font-medium',
            pathname === href ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
