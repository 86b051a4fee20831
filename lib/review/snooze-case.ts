import type { Actor } from '@/lib/domain/actor';
import { type ReviewSummary, versionOf } from '@/lib/domain/review';
import { actOnCase, authorOf } from './act-on-case';

/** Puts a case off until a moment (milliseconds since 1970); a decision ends the sleep. Throws as `actOnCase`. */
export function snoozeCase(actor: Actor, verificationId: number, until: number, reason: string): Promise<ReviewSummary> {
  return actOnCase(actor, verificationId, {
    permission: 'queue.draw',
    action: 'snooze',
    write: async (tx, { decisions }) => {
      const row = { verificationId: BigInt(verificationId) };
      const data = { ...row, ...authorOf(actor), reason, until: new Date(until), version: versionOf(decisions) };
      const { id } = await tx.snooze.create({ data });
      await tx.claim.deleteMany({ where: { ...row, holderId: actor.id } });
      return {
        event: { action: 'case.snoozed', subject: `verification:${verificationId}`, data: { until, reason } },
        row: { table: 'snooze', id },
      };
    },
  });
}
