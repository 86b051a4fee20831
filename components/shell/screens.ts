import { can } from '@/lib/domain/actor';
import type { Permission, Role } from '@/lib/domain/roles';

export interface Screen {
  href: string;
  label: string;
}

const SCREENS: readonly (Screen & { permission: Permission })[] = [
  { href: '/queue', label: 'Queue', permission: 'queue.draw' },
  { href: '/verifications', label: 'Verifications', permission: 'records.read' },
  { href: '/approvals', label: 'Approvals', permission: 'records.read' },
  { href: '/audit', label: 'Audit', permission: 'audit.read' },
  { href: '/settings', label: 'Settings', permission: 'records.read' },
];

/** The screens a role may open, in the order of the bar. */
export function screensOf(role: Role | 'system'): Screen[] {
  return SCREENS.filter(({ permission }) => can({ role }, permission));
}
