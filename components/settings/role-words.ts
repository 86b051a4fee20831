import type { Role } from '@/lib/domain/roles';

/** What a role may do, in one line. */
export const ROLE_WORDS: Record<Role, string> = {
  analyst: 'reviews cases: decides, notes, answers proposals',
  manager: 'reviews and assigns cases, sets the policy, reads insights and the audit log',
  auditor: 'reads cases, insights and the audit log; changes nothing',
  admin: 'manages users, policy and retention; decides no cases',
};
