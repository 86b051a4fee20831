import type { Role } from '@/lib/domain/roles';

/** Who is signed in, as far as the bar shows it. */
export interface ShellUser {
  id: string;
  name: string;
  email: string;
  role: Role | 'system';
  /** Whether they have a password here to change. */
  hasPassword: boolean;
}
