import type { Role } from '@/lib/domain/roles';

/** What a role may do, in one line. */
export const ROLE_WORDS: Record<Role, string> = {
  analyst: 'reviews cases: decides, notes, answers proposals',
  manager: 'reviews, assigns, sets the policy, sees insights and the audit log',
  auditor: 'reads cases, insights and the audit log; changes nothing',
  admin: 'runs the house: users, policy, retention; judges nobody',
};
