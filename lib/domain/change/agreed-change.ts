import { type Actor, isProgram } from '../actor';
import { Refusal } from '../refusal';
import { gains, grantsControl, newAccountTakesTwo, type Role } from '../roles';
import { controlLabel } from './policy-differences';
import type { ProposedChange } from './proposed-change';
import { weakens } from './weakens';

/** The proposed change under which something is done. */
export interface ChangeAuthority {
  changeId: string;
  /** The second reviewer who agreed; null when nobody could and the time to object passed. */
  approvedBy: string | null;
}

/** Returns why a change needs a second reviewer, as one sentence, or null when the actor may make it alone. The one rule, pure. */
export function whyItTakesTwo(actorId: string, change: ProposedChange): string | null {
  switch (change.kind) {
    case 'POLICY': {
      const weaker = weakens(change.before, change.settings);
      return weaker.length === 0 ? null : `It weakens a control (${weaker.map(controlLabel).join('; ')}).`;
    }
    case 'ERASURE':
      return 'An erasure by request cannot be undone.';
    case 'HOLD_LIFT':
      return 'Lifting a legal hold lets cases be erased.';
    case 'ROLE':
      return gains(change.from, change.to) ? 'The new role allows something the old one does not.' : null;
    case 'PASSWORD':
      return change.userId === actorId ? null : 'The person who sets a password could sign in as the owner of the account.';
    case 'USER_ADD':
    case 'USER_ENABLE':
      return whyAnAccountTakesTwo(change.role);
  }
}

function whyAnAccountTakesTwo(role: Role): string | null {
  if (grantsControl(role)) return `Another ${role} could act as a second reviewer.`;
  return newAccountTakesTwo(role) ? `Another ${role} may do what an administrator may not.` : null;
}

/**
 * Throws a Refusal `forbidden` when an act needs a second reviewer and comes from neither an agreed change nor the command line.
 * Every verb that can be proposed calls this itself, so that no other door leads past it.
 */
export function requireAgreedChange(actor: Actor, change: ProposedChange, under: ChangeAuthority | null): void {
  if (under !== null || isProgram(actor.role)) return;
  const why = whyItTakesTwo(actor.id, change);
  if (why !== null) throw new Refusal('forbidden', `${why} Propose it, so that a second reviewer can agree.`);
}
