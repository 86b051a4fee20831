export const ROLES = ['analyst', 'manager', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'records.read',
  'notes.write',
  'decisions.write',
  'decisions.approve',
  'queue.draw',
  'cases.assign',
  'views.share',
  'policies.write',
  'verifications.submit',
  'insights.read',
  'audit.read',
  'exports.create',
  'users.manage',
  'retention.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const REVIEWING = ['records.read', 'notes.write', 'decisions.write', 'decisions.approve', 'queue.draw', 'verifications.submit'] as const;

/** Who may do what. An admin runs the house and looks; only analysts and managers judge people. */
const GRANTS: Record<Role, readonly Permission[]> = {
  analyst: REVIEWING,
  manager: [
    ...REVIEWING,
    'cases.assign',
    'views.share',
    'policies.write',
    'insights.read',
    'audit.read',
    'exports.create',
    'retention.manage',
  ],
  auditor: ['records.read', 'insights.read', 'audit.read', 'exports.create'],
  admin: ['records.read', 'views.share', 'policies.write', 'audit.read', 'users.manage', 'retention.manage'],
};

export function may(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}
