import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { newestDecision, type ReviewSummary } from '@/lib/domain/review';
import { actOnCase } from './act-on-case';

/**
 * Takes the actor's own newest decision back, within ten seconds of making it. The decision stays readable; the case is as it was
 * before. Throws as `actOnCase`: `conflict` when it is too late, not hers, or not the newest any more.
 */
export function withdrawDecision(actor: Actor, verificationId: number, meant?: string): Promise<ReviewSummary> {
  return actOnCase(actor, verificationId, {
    permission: 'decisions.write',
    action: 'withdraw',
    write: async (tx, { decisions }) => {
      const decision = newestDecision(decisions);
      if (!decision) throw new Refusal('conflict', 'There is no decision to take back.');
      if (meant !== undefined && decision.id !== meant)
        throw new Refusal('conflict', 'This decision is no longer the newest. Look at it again.');
      const { id: decisionId, version } = decision;
      await tx.withdrawal.create({ data: { decisionId, verificationId: BigInt(verificationId), byId: actor.id } });
      return {
        event: { action: 'decision.withdrawn', subject: `verification:${verificationId}`, data: { decisionId, version } },
        row: { table: 'withdrawal', id: decisionId },
      };
    },
  });
}
