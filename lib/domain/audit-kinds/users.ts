import * as z from 'zod/mini';
import { ROLES } from '../roles';
import { auditKind } from './audit-kind';

const email = z.string();
const role = z.enum(ROLES);
const whom = z.strictObject({ email });

/** Accounts: added, changed, closed. */
export const USER_KINDS = {
  'user.added': auditKind(z.strictObject({ email, role }), (user) => `added ${user.email} as ${user.role}`),
  'user.role-changed': auditKind(
    z.strictObject({ email, from: role, to: role }),
    (user) => `changed the role of ${user.email} from ${user.from} to ${user.to}`,
  ),
  'user.disabled': auditKind(whom, (user) => `disabled ${user.email}`),
  'user.enabled': auditKind(whom, (user) => `let ${user.email} in again`),
  'user.sessions-ended': auditKind(
    z.strictObject({ email, sessions: z.int() }),
    (user) => `ended ${user.sessions === 1 ? 'the session' : `all ${user.sessions} sessions`} of ${user.email}`,
  ),
  'user.password-changed': auditKind(whom, (user) => `changed the password of ${user.email}`),
} as const;
