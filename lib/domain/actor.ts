import { Refusal } from './refusal';
import { may, type Permission, type Role } from './roles';

/** Where an act came from; copied into its audit event. */
export interface Origin {
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}

/** Who acts. Always the first argument of a verb, never ambient. */
export interface Actor {
  id: string;
  name: string;
  email: string;
  role: Role | 'system';
  /** The server-side session, null for the command line. */
  sessionId: string | null;
  origin: Origin;
}

/** The machine's own hand: set-up, command line, scheduled work. */
export const SYSTEM_ACTOR: Actor = {
  id: 'system',
  name: 'System',
  email: '',
  role: 'system',
  sessionId: null,
  origin: { requestId: 'command-line', ip: null, userAgent: null },
};

/** Returns true for the program itself: set-up, command line, scheduled work. */
export function isProgram(role: Actor['role']): role is 'system' {
  return role === 'system';
}

/** Returns true when the actor's role grants the permission; the program may do everything. */
export function can({ role }: Pick<Actor, 'role'>, permission: Permission): boolean {
  return isProgram(role) || may(role, permission);
}

/** Throws the Refusal `forbidden` unless the actor's role grants the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  throw new Refusal('forbidden', `Your role (${actor.role}) does not allow this. Ask an administrator if you need it.`);
}
