import type { Actor } from '@/lib/domain/actor';
import { type ReviewSummary, versionOf } from '@/lib/domain/review';
import { actOnCase, authorOf } from './act-on-case';

/** Hands a case to the managers, with a reason; it leaves the queue of everybody else. Throws as `actOnCase`. */
export function escalateCase(
  actor: Actor,
  verificationId: number,
  reason: string,
  { batchId }: { batchId?: string } = {},
): Promise<ReviewSummary> {
  return actOnCase(actor, verificationId, {
    permission: 'queue.draw',
    action: 'escalate',
    write: async (tx, { decisions }) => {
      const row = { verificationId: BigInt(verificationId) };
      const data = { ...row, ...authorOf(actor), reason, lifted: false, version: versionOf(decisions) };
      const { id } = await tx.escalation.create({ data });
      await tx.claim.deleteMany({ where: { ...row, holderId: actor.id } });
      return {
        event: { action: 'case.escalated', subject: `verification:${verificationId}`, data: { reason, ...(batchId && { batchId }) } },
        row: { table: 'escalation', id },
      };
    },
  });
}

/** A manager takes an escalation back; the case is anybody's again. Throws as `actOnCase`. */
export function liftEscalation(actor: Actor, verificationId: number, reason: string): Promise<ReviewSummary> {
  return actOnCase(actor, verificationId, {
    permission: 'cases.assign',
    action: 'lift-escalation',
    write: async (tx, { decisions }) => {
      const row = { verificationId: BigInt(verificationId), reason, lifted: true, version: versionOf(decisions) };
      const { id } = await tx.escalation.create({ data: { ...row, ...authorOf(actor) } });
      return {
        event: { action: 'case.de-escalated', subject: `verification:${verificationId}`, data: { reason } },
        row: { table: 'escalation', id },
      };
    },
  });
}
