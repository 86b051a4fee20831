import { type Actor, isProgram, requirePermission } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { Permission } from '@/lib/domain/roles';

/** Throws the Refusal `forbidden` unless the actor is a person whose role grants it: the machine never judges people here. */
export function requireReviewer(actor: Actor, permission: Permission): void {
  if (isProgram(actor.role)) throw new Refusal('forbidden', 'Only a person may do this.');
  requirePermission(actor, permission);
}
