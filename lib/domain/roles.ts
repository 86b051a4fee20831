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
  'policies.approve',
  'verifications.submit',
  'insights.read',
  'audit.read',
  'exports.create',
  'users.manage',
  'retention.manage',
  'index.sync',
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
    'policies.approve',
    'insights.read',
    'audit.read',
    'exports.create',
    'retention.manage',
    'index.sync',
  ],
  auditor: ['records.read', 'insights.read', 'audit.read', 'exports.create'],
  admin: [
    'records.read',
    'views.share',
    'policies.write',
    'policies.approve',
    'audit.read',
    'users.manage',
    'retention.manage',
    'index.sync',
  ],
};

export function may(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}

/** Returns whether one role allows anything the other does not. `console.role_gains` repeats it; a test holds both together. */
export function gains(from: Role, to: Role): boolean {
  return GRANTS[to].some((permission) => !may(from, permission));
}

/** The permissions by which an account can be the second person of another, or make one. */
const CONTROLS: readonly Permission[] = ['decisions.approve', 'policies.approve', 'users.manage'];

/** Returns whether an account of this role can be the second person of another, or make one. */
export function grantsControl(role: Role): boolean {
  return CONTROLS.some((permission) => may(role, permission));
}

/**
 * Returns whether a new or enabled account of this role takes two people: it can be a second person or make one, or it allows
 * something that the one who adds it may not do. `console.new_account_takes_two` repeats it; a test holds both together.
 */
export function newAccountTakesTwo(role: Role): boolean {
  return grantsControl(role) || rolesWith('users.manage').some((adder) => gains(adder, role));
}

/** Returns the roles that grant a permission. */
export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => may(role, permission));
}
