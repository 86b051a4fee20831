import * as z from 'zod/mini';
import { type Actor, isProgram } from '../actor';
import type { ChangeAuthority } from '../change/agreed-change';

/** On what grounds an act was done that otherwise takes two people: an agreed change, or access to the command line. */
export const grounds = {
  change: z.optional(z.strictObject({ id: z.string(), approvedBy: z.nullable(z.string()) })),
  via: z.optional(z.literal('command-line')),
};

interface Grounds {
  change?: { id: string; approvedBy: string | null } | undefined;
  via?: 'command-line' | undefined;
}

/** Returns the grounds of an act as its event states them. */
export function groundsOf(actor: Actor, under: ChangeAuthority | null): Grounds {
  if (under) return { change: { id: under.changeId, approvedBy: under.approvedBy } };
  return isProgram(actor.role) ? { via: 'command-line' } : {};
}

/** Returns the grounds as the end of a sentence. */
export function groundsText({ change, via }: Grounds): string {
  if (via) return ', from the command line';
  if (!change) return '';
  return change.approvedBy === null ? ', after nobody objected within 72 hours' : `, agreed to by ${change.approvedBy}`;
}
