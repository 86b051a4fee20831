import { appendAuditEvent } from '@/lib/audit/append';
import type { BoundRow } from '@/lib/audit/bound-rows';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, isProgram } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { Refusal } from '@/lib/domain/refusal';
import { allowedActions, type CaseFacts, liveClaim, type ReviewAction, type ReviewSummary, reviewState } from '@/lib/domain/review';
import type { Permission } from '@/lib/domain/roles';
import { caseFacts } from './case-facts';
import { heldBy } from './held-by';
import { onCase } from './on-case';
import { requireKnownCase } from './require-known-case';
import { requireReviewer } from './require-reviewer';
import { summarize } from './summarize';

/** What an action wrote: its event, which is appended last, and the row the event reports. */
export interface Acted {
  event: NewAuditEvent;
  row: BoundRow;
}

/** One action: who may do it, what it is to the rule, and what it writes. */
export interface CaseActing {
  permission: Permission;
  action: ReviewAction;
  write: (tx: Prisma.TransactionClient, facts: CaseFacts) => Promise<Acted>;
}

/**
 * Does something to a case that the rule of `allowedActions` allows at this moment, and answers the case after it. Throws a
 * Refusal `forbidden`, `not-found`, `claimed` when somebody else holds it, or `conflict` when it is in no state for this.
 */
export async function actOnCase(actor: Actor, verificationId: number, { permission, action, write }: CaseActing): Promise<ReviewSummary> {
  requireReviewer(actor, permission);
  await requireKnownCase(verificationId);
  return onCase(verificationId, async (tx) => {
    const facts = await caseFacts(verificationId, tx);
    refuseUnlessAllowed(actor, facts, action);
    const { event, row } = await write(tx, facts);
    const after = await caseFacts(verificationId, tx);
    const notes = await tx.note.count({ where: { verificationId: BigInt(verificationId) } });
    await appendAuditEvent(tx, actor, event, [row]);
    return summarize(verificationId, after, notes, Date.now());
  });
}

/** The author of a row, as every table of the desk holds it. */
export function authorOf(actor: Actor): { byId: string; byName: string } {
  return { byId: actor.id, byName: actor.name };
}

function refuseUnlessAllowed(actor: Actor, facts: CaseFacts, action: ReviewAction): void {
  const now = Date.now();
  if (!isProgram(actor.role) && allowedActions({ id: actor.id, role: actor.role }, facts, now).includes(action)) return;
  const claim = liveClaim(facts, now);
  if (claim && claim.holderId !== actor.id) throw heldBy(claim);
  const state = reviewState(facts, now).toLowerCase().replaceAll('_', ' ');
  throw new Refusal('conflict', `This case is ${state}; that does not go now. Look at it again.`);
}
