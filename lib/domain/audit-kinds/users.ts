import * as z from 'zod/mini';
import { ROLES } from '../roles';
import { auditKind } from './audit-kind';
import { grounds, groundsText } from './grounds';

const email = z.string();
const role = z.enum(ROLES);
const whom = z.strictObject({ email, ...grounds });

const CHANGED = { PASSWORD: 'a password', SUBJECT: 'the subject at the sign-in provider', EMAIL: 'an e-mail address' };

/** Accounts: added, changed, closed. */
export const USER_KINDS = {
  'user.added': auditKind(z.strictObject({ email, role, ...grounds }), (user) => `added ${user.email} as ${user.role}${groundsText(user)}`),
  'user.role-changed': auditKind(
    z.strictObject({ email, from: role, to: role, ...grounds }),
    (user) => `changed the role of ${user.email} from ${user.from} to ${user.to}${groundsText(user)}`,
  ),
  'user.disabled': auditKind(whom, (user) => `disabled ${user.email}${groundsText(user)}`),
  'user.approver-left': auditKind(whom, (user) => `confirmed that ${user.email}, who could agree to changes, has left${groundsText(user)}`),
  'user.enabled': auditKind(whom, (user) => `enabled ${user.email}${groundsText(user)}`),
  'user.sessions-ended': auditKind(
    z.strictObject({ email, sessions: z.int(), ...grounds }),
    (user) => `ended ${user.sessions === 1 ? 'the session' : `all ${user.sessions} sessions`} of ${user.email}${groundsText(user)}`,
  ),
  'user.password-changed': auditKind(whom, (user) => `changed the password of ${user.email}${groundsText(user)}`),
  /** The sign-in provider proved a verified address that an administrator had added. A password nobody had changed yet is removed. */
  'user.provider-bound': auditKind(
    z.strictObject({ email, passwordRemoved: z.boolean() }),
    (user) =>
      `bound ${user.email} to an account of the sign-in provider${user.passwordRemoved ? ' and removed the password that had been set for it' : ''}`,
  ),
  /** Written by the database when a credential was changed past the program. */
  'user.credential-changed': auditKind(
    z.strictObject({ kind: z.enum(['PASSWORD', 'SUBJECT', 'EMAIL']) }),
    ({ kind }) => `recorded that ${CHANGED[kind]} was changed in the database itself, past the program`,
  ),
  /** By its own user. `wasGiven`: they had not set the one before. */
  'password.changed': auditKind(
    z.strictObject({ email, wasGiven: z.boolean(), sessions: z.int() }),
    ({ wasGiven, sessions }) =>
      `changed their own password${wasGiven ? ', which they had not set themselves' : ''}${sessions > 0 ? `; ${sessions} other ${sessions === 1 ? 'session' : 'sessions'} ended` : ''}`,
  ),
  'password.refused': auditKind(
    z.strictObject({ email, reason: z.enum(['wrong-credentials', 'locked']) }),
    ({ reason }) => `could not change their own password (${reason})`,
  ),
} as const;
